"""The forms of people about themselves. They decide nothing: the actions do, and are shown when they refuse."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html as rules_of_passwords
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organizations import accounts, actions, addresses
from organizations.models import Membership, User
from organizations.tenancy.fields import tidy
from organizations.tenancy.forms import TellingForm
from organizations.time_zones import TIME_ZONES


def text(label: Any, autocomplete: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, widget=forms.TextInput(attrs={"autocomplete": autocomplete}))


def password(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=200, strip=False, widget=widget, **options)


def new_password(label: Any) -> forms.CharField:
    return password(label, "new-password", help_text=lazy(rules_of_passwords, str)())


class ActingForm(TellingForm, forms.Form):
    """A form for an action, which may find more wrong than the fields do."""

    def perform(self, action: Callable[..., Any], **more: Any) -> Any:
        """What the action answers; None where the form now shows why not."""
        if not self.is_valid():
            return None
        try:
            return action(**self.cleaned_data, **more)
        except ValidationError as refusal:
            self.show(refusal)
            return None


class GuessingForm(ActingForm):
    """A form that makes a user, who reads what this page is written in, and lives where the browser says."""

    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    def clean(self) -> dict[str, Any]:
        guess = self.cleaned_data.get("time_zone")
        return {**self.cleaned_data, "time_zone": guess if guess in TIME_ZONES else "UTC", "locale": get_language()}


class SignUpForm(GuessingForm):
    organization_name = text(_("Name of the organization"), "organization")
    name = text(_("Your name"), "name")
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = new_password(_("Password"))

    def clean_organization_name(self) -> str:
        return tidy(self.cleaned_data["organization_name"])

    def sign_up(self) -> Membership | None:
        return self.perform(actions.register)


class NewcomerForm(GuessingForm):
    """Whoever is invited and has no account yet."""

    name = text(_("Your name"), "name")
    password = new_password(_("Password"))

    def accept(self, token: str, user: Any) -> Membership | None:
        return self.perform(actions.accept_invitation_as_new, token=token)


class AcceptForm(ActingForm):
    """Whoever is invited and signed in."""

    knowingly = forms.BooleanField(required=False)

    def accept(self, token: str, user: User) -> Membership | None:
        return self.perform(actions.accept_invitation, token=token, user=user)


class ProfileForm(ActingForm):
    """What a user says of themself."""

    name = text(_("Your name"), "name")
    locale = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Write a city, like Berlin, and choose."),
    )
    keyboard_shortcuts = forms.BooleanField(label=_("Single keys act on pages, like c to create"), required=False)

    def change(self, user: User) -> User | None:
        return self.perform(partial(accounts.update_user, user))


class PasswordForm(ActingForm):
    current_password = password(_("Your password now"), "current-password")
    new_password = new_password(_("New password"))

    def change(self, user: User) -> bool:
        self.perform(partial(accounts.change_password, user))
        return not self.errors


class EmailForm(ActingForm):
    email = forms.EmailField(label=_("New e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    current_password = password(_("Your password"), "current-password")

    def ask(self, user: User) -> bool:
        self.perform(partial(addresses.change_email, user))
        return not self.errors
