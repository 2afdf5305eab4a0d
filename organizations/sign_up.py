"""Signing up by page: a user and an organization of their own, as `register` makes them at every door."""

from typing import Any

from allauth.decorators import rate_limit
from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_text_html as rules_of_passwords
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from organizations import actions
from organizations.models import Membership
from organizations.tenancy.fields import tidy
from organizations.tenancy.forms import TellingForm


def text(label: Any, autocomplete: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, widget=forms.TextInput(attrs={"autocomplete": autocomplete}))


class SignUpForm(TellingForm, forms.Form):
    organization_name = text(_("Name of the organization"), "organization")
    name = text(_("Your name"), "name")
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=lazy(rules_of_passwords, str)(),
    )

    def clean_organization_name(self) -> str:
        return tidy(self.cleaned_data["organization_name"])

    def sign_up(self) -> Membership | None:
        """The new owner; None where the form now shows why not."""
        if not self.is_valid():
            return None
        try:
            return actions.register(**self.cleaned_data)
        except ValidationError as refusal:
            self.show(refusal)
            return None


@method_decorator(
    [rate_limit(action="signup"), login_not_required, sensitive_post_parameters("password"), never_cache],
    name="dispatch",
)
class SignUpView(FormView):
    form_class = SignUpForm
    template_name = "account/signup.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("home") if request.user.is_authenticated else super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if membership := form.sign_up():
            login(request, membership.user)
            return redirect("home")
        return self.render_to_response(self.get_context_data(form=form), status=422)
