"""My passkeys: add one, name it, remove it."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import flows
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from organizations.passkey_forms import PasskeyForm, PasskeyNameForm
from organizations.second_factor_views import SecondFactorPage
from organizations.tenancy.ids import parse_id


class PasskeyAddPage(SecondFactorPage):
    page = "passkey_add"
    form_class = PasskeyForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"name": ""}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            return self.refuse(form)
        _passkey, codes = flows.add_authenticator(request, **form.cleaned_data)
        return self.go_on(codes, _("Added the passkey %(name)s") % {"name": form.cleaned_data["name"]})

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        options = flows.begin_registration(self.request, self.request.user, passwordless=True)
        return super().get_context_data(options=json.dumps(options["publicKey"]), **more)


class PasskeyPage(SecondFactorPage):
    """A page about one of mine; another's is not there."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.membership:
            mine = self.mine(Authenticator.Type.WEBAUTHN)
            self.passkey = get_object_or_404(mine, pk=parse_id(str(kwargs["pk"])))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(passkey=self.passkey, **more)


class PasskeyNamePage(PasskeyPage):
    page = "passkey_name"
    form_class = PasskeyNameForm

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.passkey.wrap().name}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            return self.refuse(form)
        flows.rename_authenticator(request, self.passkey, form.cleaned_data["name"])
        return self.tell_at_home(_("Saved the passkey %(name)s") % form.cleaned_data)


class PasskeyRemovePage(PasskeyPage):
    page = "passkey_remove"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        flows.remove_authenticator(request, self.passkey)
        return self.tell_at_home(_("Removed the passkey %(name)s") % {"name": self.passkey.wrap().name})

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(is_last=self.is_last(self.passkey), **more)
