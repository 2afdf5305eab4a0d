"""What django-allauth asks of us for signing in by page: words, and the rules that other doors know too."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations import second_factor, whence
from organizations.accounts import reset_password_by_mail


class Accounts(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "The e-mail address or the password is wrong. Try again, or reset your password."
        ),
        "incorrect_password": gettext_lazy("This is not your password."),
        "too_many_login_attempts": gettext_lazy("Too many attempts. Wait five minutes, or reset your password."),
    }

    def get_client_ip(self, request: Any) -> str:
        return whence.address(request) or "unknown"

    def set_password(self, user: Any, password: str) -> None:
        reset_password_by_mail(user, password)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At our own address: the one of the request is whatever its sender says."""
        user, _, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": user, "key": token})

    def add_message(self, *args: Any, **options: Any) -> None:
        """The page that follows says enough."""

    def respond_user_inactive(self, request: Any, user: Any) -> HttpResponse:
        return redirect("account_login")


class BackToThePage:
    """Leads back to the page that asked who it is, and never sends again what was sent there: that one presses anew."""

    request: Any

    def form_valid(self, form: Any) -> Any:
        self.request.session.pop(STATE_SESSION_KEY, None)
        return super().form_valid(form)  # type: ignore[misc]


class AskPasswordView(BackToThePage, ReauthenticateView):
    pass


class AskCodeView(BackToThePage, ReauthenticateByCodeView):
    pass


class OperatorSignInForm(AdminAuthenticationForm):
    """The admin's own form asks for a password only."""

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if second_factor.is_on(user):
            sentence = _("Your account has a second factor. Sign in where everybody does, then come back.")
            raise ValidationError(sentence, "second_factor_required")
