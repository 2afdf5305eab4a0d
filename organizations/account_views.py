"""My account: what concerns one person alone, inside the frame of the organization where they stand."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.decorators import rate_limit
from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.edit import FormMixin

from organizations import addresses
from organizations.account_forms import EmailForm, PasswordForm, ProfileForm
from organizations.tenancy.toasts import tell
from organizations.tenancy.views import REFUSED, TenantPage
from organizations.time_zones import TIME_ZONES

THEMES = ("auto", "light", "dark")
A_YEAR = 31_536_000


class AccountPage(TenantPage, FormMixin):  # type: ignore[misc]  # both have get_context_data
    """A page with a form about oneself."""

    form_class: Any = Form

    def refuse(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)

    def tell_at_home(self, sentence: str) -> HttpResponse:
        tell(self.request, sentence)
        return redirect(self.address("profile"))


class ProfilePage(AccountPage):
    page = "profile"
    form_class = ProfileForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.request.user, name) for name in ProfileForm.base_fields}

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        user = form.change(request.user)
        if not user:
            return self.refuse(form)
        translation.activate(user.locale)
        return self.tell_at_home(_("Saved your account"))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        theme = self.request.COOKIES.get("theme")
        theme = theme if theme in THEMES else "auto"
        factors = Authenticator.objects.filter(user=self.request.user.pk).order_by("pk")
        mine = {"time_zones": sorted(TIME_ZONES), "theme": theme, "factors": by_type(factors)}
        return super().get_context_data(**mine, **more)


def by_type(factors: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for factor in factors:
        found.setdefault(factor.type, []).append(factor)
    return found


class ThemePage(TenantPage):
    """What the buttons of the menu do with script."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = redirect(self.address("profile"))
        theme = request.POST.get("theme", "")
        if theme in THEMES:
            response.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax")
        return response


@method_decorator(sensitive_post_parameters("current_password", "new_password"), name="dispatch")
@method_decorator(rate_limit(action="change_password"), name="post")
class PasswordPage(AccountPage):
    page = "password"
    form_class = PasswordForm

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.change(request.user):
            return self.refuse(form)
        update_session_auth_hash(request, request.user)
        get_adapter().send_notification_mail("account/email/password_reset", request.user)
        return self.tell_at_home(_("Your password is changed. Everywhere else you are signed out."))


@method_decorator(sensitive_post_parameters("current_password"), name="dispatch")
@method_decorator(rate_limit(action="manage_email"), name="post")
class EmailPage(AccountPage):
    page = "email"
    form_class = EmailForm

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.ask(request.user):
            return self.refuse(form)
        sentence = _("Look into the mail of %(email)s: there is a link that confirms it.")
        return self.tell_at_home(sentence % {"email": form.cleaned_data["email"]})


@method_decorator(rate_limit(action="manage_email"), name="post")
class SendLinkPage(AccountPage):
    """The link that confirms one's address, once more."""

    http_method_names = ["post"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        addresses.ask_to_confirm(request.user)
        return self.tell_at_home(_("Sent the link to %(email)s") % {"email": request.user.email})
