"""What the administrators of an organization fill in: the organization, its members, its exchange rates."""

from typing import Any

from babel.numbers import get_currency_name
from django import forms
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from organizations.tenancy.currencies import CURRENCIES
from organizations.tenancy.forms import TellingForm, TenantForm


def currency_choices() -> list[tuple[str, str]]:
    """Every currency by its code, named in the reader's language."""
    locale = to_locale(get_language() or "en")
    return [(code, f"{code} · {get_currency_name(code, locale=locale)}") for code in sorted(CURRENCIES)]


def time_zone_field() -> forms.CharField:
    listed = forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off", "spellcheck": "false"})
    help_text = _("Decides which day it is, for tasks and reports. Begin to write a city.")
    return forms.CharField(label=_("Time zone"), max_length=64, widget=listed, help_text=help_text)


class OrganizationForm(TenantForm):
    base_currency = forms.ChoiceField(
        label=_("Base currency"),
        choices=currency_choices,
        help_text=_("Sums over several currencies are in this one."),
    )
    time_zone = time_zone_field()

    class Meta:
        model = Organization
        fields = ["name", "slug", "base_currency", "time_zone"]
        labels = {"name": _("Name"), "slug": _("Short name")}
        help_texts = {
            "slug": _("Part of every address. When you change it, links and bookmarks to the old addresses end.")
        }


class ConfirmForm(TellingForm, forms.Form):
    confirm = forms.CharField(
        label=_("Short name of the organization"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class AnotherOrganizationForm(TellingForm, forms.Form):
    name = forms.CharField(label=_("Name of the organization"), max_length=200)
    base_currency = forms.ChoiceField(label=_("Base currency"), choices=currency_choices, initial="EUR")
    time_zone = time_zone_field()

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.fields["name"].widget.attrs["autocomplete"] = "organization"
