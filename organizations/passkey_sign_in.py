"""Signing in with a passkey: instead of the password, after it, or to show who it is."""

import json
from typing import Any

from allauth.account.mixins import NextRedirectMixin
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.views.generic.edit import FormView

from organizations import second_factor
from organizations.passkey_forms import AskForm, SecondFactorForm, SignInForm
from organizations.sign_in import BackToThePage
from organizations.tenancy.views import REFUSED


class ShowsRefusal:
    """Answers a refused passkey with the page that asks for one; django-allauth leads away from it."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)  # type: ignore[attr-defined]


class SecondFactorView(AuthenticateView):
    """Asks for what this user has: a passkey, a code of the app, a recovery code."""

    webauthn_form_class = SecondFactorForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        types = set(second_factor.of(self.stage.login.user).values_list("type", flat=True))
        return {
            **context,
            "form": self.form or context["form"],
            "code_form": context["form"],
            "has_app": Authenticator.Type.TOTP in types,
            "has_passkey": Authenticator.Type.WEBAUTHN in types,
            "options": json.dumps(context["js_data"]["request_options"]["publicKey"]),
        }


class PasskeySignInView(ShowsRefusal, NextRedirectMixin, LoginWebAuthnView):
    form_class = SignInForm
    template_name = "mfa/webauthn/login.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return FormView.get(self, request, *args, **kwargs)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        options = auth.begin_authentication()
        return super().get_context_data(options=json.dumps(options["publicKey"]), **more)


class AskPasskeyView(BackToThePage, ShowsRefusal, ReauthenticateWebAuthnView):
    form_class = AskForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        return {**context, **more, "options": json.dumps(context["js_data"]["request_options"]["publicKey"])}
