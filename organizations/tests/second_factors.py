"""An authenticator app in a test's hand."""

import time

from allauth.mfa import app_settings
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value


def code_of(secret):
    """What an app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))


def give_app(user):
    """The secret of this user's new app."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def give_recovery_codes(user):
    return RecoveryCodes.activate(user).generate_codes()


def wrong(code):
    """Another code than this one."""
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}}"
