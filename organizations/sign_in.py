"""What django-allauth asks of us for signing in by page: words, and the rules that other doors know too."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _

from organizations.accounts import reset_password


class Accounts(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is wrong. Try again, or reset your password."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, or reset your password."),
    }

    def set_password(self, user: Any, password: str) -> None:
        reset_password(user, password)

    def add_message(self, *args: Any, **options: Any) -> None:
        """The page that follows says enough."""
