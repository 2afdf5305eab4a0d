"""The audit: who signed in, who did what with members, invitations and settings, and what operators changed.

Its entries are written and never changed: neither by the hall, nor by the admin, nor by a statement that goes around
both, which the database itself refuses. They go with their organization alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.roles import Power, Role
from organizations.tenancy.models import TenantModel
from organizations.tenancy.refusals import Forbidden

if TYPE_CHECKING:
    from organizations.models import Membership

LONGEST_ABOUT = 300


class Type(models.TextChoices):
    SIGNED_IN = "signed_in", gettext_lazy("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", gettext_lazy("Failed to sign in")
    TOKEN_REPLAYED = "token_replayed", gettext_lazy("A spent token was used again, its login ended")
    PASSWORD_CHANGED = "password_changed", gettext_lazy("Password changed")
    SECOND_FACTOR_CHANGED = "second_factor_changed", gettext_lazy("Second factor changed")
    MEMBER_JOINED = "member_joined", gettext_lazy("Member joined")
    ROLE_CHANGED = "role_changed", gettext_lazy("Role changed")
    MEMBER_REMOVED = "member_removed", gettext_lazy("Member left or was removed")
    INVITED = "invited", gettext_lazy("Invited")
    INVITATION_REVOKED = "invitation_revoked", gettext_lazy("Invitation taken back")
    ORGANIZATION_CHANGED = "organization_changed", gettext_lazy("Organization changed")
    OPERATOR_CHANGED = "operator_changed", gettext_lazy("An operator changed something")
    OPERATOR_DELETED = "operator_deleted", gettext_lazy("An operator deleted something")


class AuditEntry(TenantModel):
    """`author` is who did it, none where nobody knows; `about` is whom or what it was done to."""

    type = models.CharField(max_length=30, choices=Type.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=LONGEST_ABOUT, blank=True)
    payload = models.JSONField(default=dict, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    browser = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "audit entries"
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["organization", "created_at", "id"], name="audit_by_created_at")]

    def __str__(self) -> str:
        return f"{self.get_type_display()}: {self.about}"

    @property
    def roles(self) -> list[Any]:
        """The role before and after, or the only one, as people call them."""
        named = [self.payload.get(name) for name in ("from", "to", "role")]
        return [Role(name).label for name in named if name in Role.values]

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        raise Forbidden(_("The audit writes itself, and is not edited."), "audit_fixed")

    def check_delete(self, by: Membership | None) -> None:
        raise Forbidden(_("The audit is not deleted."), "audit_fixed")


def may_read(by: Membership) -> bool:
    return by.may(Power.ADMINISTER)


def check_may_read(by: Membership) -> None:
    if not may_read(by):
        raise Forbidden(_("Only an owner or an admin may read the audit."), "administrators_only")


class Departure(models.Model):
    """An organization that was deleted, or is at the moment: only then does the database let its audit go."""

    id = models.BigIntegerField(primary_key=True)  # what the organization's was
    slug = models.CharField(max_length=60)
    deleted_by = models.CharField(max_length=254, blank=True)  # an e-mail address: the user may go too
    deleted_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.slug} on {self.deleted_at:%Y-%m-%d}"
