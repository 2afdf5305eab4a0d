"""What concerns one person alone: an account, its password, what they say of themselves."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations import browsers, noting, passwords
from organizations.addresses import email_taken, mark_verified
from organizations.audit import Type
from organizations.users import User


def create_user(*, email: str, password: str, name: str, **preferences: str) -> User:
    """Preferences are a locale, a time zone: what a page knows of who signs up there."""
    user = User(email=email, name=name, **preferences)
    user.set_unusable_password()
    user.clean_fields()
    if User.objects.filter(email=user.email).exists():
        raise email_taken()
    if weak := _weaknesses(password, user):
        raise ValidationError({"password": weak})
    user.set_password(password)
    user.save()
    return user


def _weaknesses(password: str, user: User) -> list[ValidationError]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return error.error_list
    return []


def update_user(user: User, **changes: Any) -> User:
    """Change what a user says of themself."""
    for name, value in changes.items():
        setattr(user, name, value)
    user.full_clean()
    user.save(update_fields=changes)
    return user


def change_password(user: User, *, current_password: str, new_password: str) -> None:
    """A new password; every token given out for the old one is worthless from now on."""
    wrong: dict[str, Any] = {}
    if not passwords.is_right(user, current_password):
        wrong["current_password"] = ValidationError(_("This is not your password."), "wrong_password")
    if weak := _weaknesses(new_password, user):
        wrong["new_password"] = weak
    if wrong:
        raise ValidationError(wrong)
    reset_password(user, new_password)


@transaction.atomic
def reset_password(user: User, new_password: str) -> None:
    """A new password for who has proved to be this user; every token given out for the old one is worthless."""
    user.set_password(new_password)
    user.save(update_fields=["password"])
    browsers.end_all(user)
    noting.note(user, Type.PASSWORD_CHANGED, user)


@transaction.atomic
def reset_password_by_mail(user: User, new_password: str) -> None:
    """For who has forgotten the old one and followed the link that was mailed to their address."""
    reset_password(user, new_password)
    mark_verified(user)


@transaction.atomic
def save_user(user: User) -> None:
    """Keep what an operator changed; whoever is no longer active is signed out everywhere, for good."""
    user.save()
    if not user.is_active:
        browsers.end_all(user)
