"""The second factor of a sign-in: what django-allauth asks of us, and whether a program's code is good.

Secrets are encrypted with a key made from SECRET_KEY: who reads the database alone can make no codes.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from organizations.users import User

TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
TOO_MANY = "too_many_login_attempts"  # django-allauth's name for it
WAIT = 300  # its seconds until wrong codes of one user are forgotten


def _lock() -> MultiFernet:
    keys: list[Any] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"organizations.second_factor" + str(key).encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SecondFactors(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is wrong, or was used already. Wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _lock().decrypt(encrypted_text).decode()
        except InvalidToken as error:  # SECRET_KEY became another one: no code is right any more
            raise self.validation_error("incorrect_code") from error

    def _get_site_name(self) -> str:
        return "Kontor"


def of(user: Any) -> Any:
    """What this user has to show beside the password."""
    return Authenticator.objects.filter(user=user.pk, type__in=TYPES)


def is_on(user: User) -> bool:
    """Whether a password alone does not sign this user in."""
    return bool(of(user).exists())


def has_app(user: User) -> bool:
    """Whether there are codes beside the recovery codes: a passkey shows none."""
    return bool(of(user).filter(type=Authenticator.Type.TOTP).exists())


def spend(user: User, code: str) -> None:
    """Use up this code of the user's app, or recovery code. Raises ValidationError for a wrong, spent or late one."""
    form: Any = AuthenticateForm(user=user, data={"code": code})
    if not form.is_valid():
        raise ValidationError(form.errors.as_data()["code"])
    form.authenticator.record_usage()


def what_to_send(user: User) -> str:
    """Tells a program that came without a code which one is asked for."""
    if has_app(user):
        return "This account has a second factor: send its `code` along."
    return (
        "This account has a passkey, which no program can show: send one of its recovery codes along as `code`,"
        " or turn on codes from an app."
    )
