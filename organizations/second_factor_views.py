"""My second factor: an app that shows codes, recovery codes, passkeys; each asks for the password first."""

import base64
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import flows as recovery
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import flows as totp
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from organizations import second_factor
from organizations.account_views import AccountPage


class SecondFactorPage(AccountPage):
    """Whoever finds a screen unlocked does not get far: these pages ask who it is, once in five minutes."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.membership:
            raise_if_reauthentication_required(request, app="allauth.mfa")
        return super().dispatch(request, *args, **kwargs)

    def mine(self, kind: Authenticator.Type) -> Any:
        return Authenticator.objects.filter(user=self.request.user.pk, type=kind)

    def is_last(self, factor: Authenticator) -> bool:
        """Whether the password alone signs in without this one."""
        return not second_factor.of(self.request.user).exclude(pk=factor.pk).exists()

    def go_on(self, recovery_codes: Authenticator | None, sentence: str) -> HttpResponse:
        """To the recovery codes where they are new, which must be seen now or never."""
        return redirect(self.address("codes")) if recovery_codes else self.tell_at_home(sentence)


class AppPage(SecondFactorPage):
    page = "app"
    form_class = ActivateTOTPForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.mine(Authenticator.Type.TOTP).exists():
            return redirect(self.address("app_off"))
        return super().get(request, *args, **kwargs)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if self.mine(Authenticator.Type.TOTP).exists() or not form.is_valid():
            return self.refuse(form)
        _app, codes = totp.activate_totp(request, form)
        return self.go_on(codes, _("Your app is the second factor from now on"))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        url = get_adapter().build_totp_url(self.request.user, context["form"].secret)
        drawing = base64.b64encode(get_adapter().build_totp_svg(url).encode()).decode()
        return {**context, "drawing": f"data:image/svg+xml;base64,{drawing}", "app_address": url}


class AppOffPage(SecondFactorPage):
    page = "app_off"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(is_last=self.is_last(self.app()), **more)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        totp.deactivate_totp(request, self.app())
        return self.tell_at_home(_("Your app is no second factor any more"))

    def app(self) -> Authenticator:
        app: Authenticator | None = self.mine(Authenticator.Type.TOTP).first()
        if app is None:
            raise Http404
        return app


class CodesPage(SecondFactorPage):
    """Recovery codes are shown once; whoever lost them makes new ones."""

    page = "codes"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        codes, may_see = recovery.view_recovery_codes(self.request)
        if codes is None:
            raise Http404
        unused = codes.get_unused_codes()
        return super().get_context_data(codes=unused if may_see else [], left=len(unused), **more)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not recovery.can_generate_recovery_codes(request.user):  # type: ignore[arg-type]
            raise Http404
        recovery.generate_recovery_codes(request)
        return redirect(self.address("codes"))
