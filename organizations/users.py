"""Who signs in: users, how they are found and made, and the programs signed in for them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from organizations.tenancy.fields import Email, TextLine
from organizations.time_zones import validate_time_zone


class UserQuerySet(models.QuerySet[Any]):
    def for_membership(self, membership: Any) -> Any:
        """The members of this one's organization."""
        return self.filter(memberships__organization=membership.organization_id)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # made when it runs
    def get_by_natural_key(self, email: str | None) -> Any:
        return self.get(email=str(email).strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class LowerEmail(Email):
    """An e-mail address that letter case does not tell apart: stored in lower case."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.lower() if isinstance(value, str) else value


class User(AbstractBaseUser, PermissionsMixin):
    email = LowerEmail(
        "e-mail", unique=True, error_messages={"unique": gettext_lazy("This e-mail address has an account.")}
    )
    verified_email = LowerEmail(blank=True, editable=False)  # the address that was proved last, by a mailed link
    name = TextLine(max_length=200)
    locale = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    keyboard_shortcuts = models.BooleanField(default=True, help_text="Single keys act on pages.")
    is_staff = models.BooleanField("operator", default=False, help_text="May sign in to the admin.")
    is_active = models.BooleanField("active", default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_verified_email(self) -> bool:
        return self.verified_email == self.email


class Login(models.Model):
    """One sign-in of a program: the only refresh token that is good now. Deleting the row ends it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="logins")
    token_id = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    refreshed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.user_id} since {self.created_at:%Y-%m-%d}"


class BrowserSession(models.Model):
    """A browser in which somebody is signed in. It goes when Django's session goes: whoever ends one, ends that."""

    session = models.OneToOneField("sessions.Session", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="browsers")
    user_agent = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id} since {self.created_at:%Y-%m-%d}"


class KeptAnswer(models.Model):
    """What a POST with an Idempotency-Key was answered, so that sending it again changes nothing.

    Its id is a hash of who asked where under which key; its body is readable only with that key.
    """

    id = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked = models.CharField(max_length=64, help_text="A hash of the address and the body.")
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["user", "created_at"], name="kept_answer_by_age")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.created_at:%Y-%m-%d %H:%M}"


class Attempts(models.Model):
    """How often something was tried within a while, counted here only as long as the cache is down."""

    id = models.CharField(max_length=100, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.expires_at:%Y-%m-%d %H:%M}"
