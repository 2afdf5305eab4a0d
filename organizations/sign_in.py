"""What django-allauth asks of us for signing in by page: words, and the rules that other doors know too."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from organizations.accounts import reset_password_by_mail


class Accounts(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "The e-mail address or the password is wrong. Try again, or reset your password."
        ),
        "too_many_login_attempts": gettext_lazy("Too many attempts. Wait five minutes, or reset your password."),
    }

    def set_password(self, user: Any, password: str) -> None:
        reset_password_by_mail(user, password)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At our own address: the one of the request is whatever its sender says."""
        user, _, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": user, "key": token})

    def add_message(self, *args: Any, **options: Any) -> None:
        """The page that follows says enough."""
