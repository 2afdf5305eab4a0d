"""What the administrators of an organization fill in: the organization, its members, its exchange rates."""

import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Any

from babel.numbers import get_currency_name
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from organizations import actions
from organizations.models import ExchangeRate, Membership, Organization
from organizations.roles import Power, Role
from organizations.tenancy.currencies import CURRENCIES
from organizations.tenancy.forms import TellingForm, TenantForm
from organizations.tenancy.refusals import spoken

AT_ONCE = 50


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


def offered_roles(by: Membership) -> list[tuple[str, Any]]:
    """The roles that this member may give: an owner is made by an owner."""
    return [choice for choice in Role.choices if choice[0] != Role.OWNER or by.may(Power.OWN)]


class HandOverForm(forms.Form):
    reassign_to = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Who takes over"), empty_label=None, required=False
    )

    def __init__(self, sent: Any = None, *, membership: Membership, by: Membership):
        super().__init__(sent, initial={"reassign_to": actions.default_heir(membership, by)})
        heirs = Membership.objects.for_membership(by).exclude(pk=membership.pk).select_related("user")
        choice: Any = self.fields["reassign_to"]
        choice.queryset = heirs.order_by("user__name", "id")


@dataclass
class Outcome:
    """What became of an invitation: the link to it, or the reasons why there is none."""

    email: str
    url: str = ""
    reasons: list[str] = field(default_factory=list)


class InviteForm(forms.Form):
    emails = forms.CharField(
        label=_("E-mail addresses"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One a line."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER)

    def __init__(self, *args: Any, by: Membership, **options: Any):
        super().__init__(*args, **options)
        self.by = by
        self.fields["role"].widget.choices = offered_roles(by)  # type: ignore[attr-defined]

    def clean_emails(self) -> list[str]:
        lines = [line.strip() for line in re.split(r"[\n,;]", self.cleaned_data["emails"])]
        emails = list(dict.fromkeys(parseaddr(line)[1] or line for line in lines if line))
        if not emails:
            raise ValidationError(self.fields["emails"].error_messages["required"], "required")
        if len(emails) > AT_ONCE:
            raise ValidationError(_("Invite at most %(most)d people at once."), "too_many", {"most": AT_ONCE})
        return emails

    def send(self) -> list[Outcome]:
        return [invite(email, self.cleaned_data["role"], self.by) for email in self.cleaned_data["emails"]]


def invite(email: str, role: str, by: Membership) -> Outcome:
    try:
        token = actions.invite(email=email, role=role, by=by)[1]
    except (ValidationError, PermissionDenied) as refusal:
        return Outcome(email, reasons=spoken(refusal))
    return Outcome(email, actions.accept_url(token))


class RateForm(TenantForm):
    currency = forms.ChoiceField(label=_("Currency"), choices=currency_choices)
    optional = ("valid_from",)

    class Meta:
        model = ExchangeRate
        fields = ["currency", "rate", "valid_from"]
        labels = {"rate": _("Rate"), "valid_from": _("Valid from")}
        help_texts = {"rate": "", "valid_from": _("Today, when you leave it empty.")}
        widgets = {
            "rate": forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            "valid_from": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, by: Membership, **options: Any):
        super().__init__(*args, by=by, **options)
        base = by.organization.base_currency
        choice: Any = self.fields["currency"]
        others = [(code, name) for code, name in choice.choices if code != base]
        choice.widget.choices = [("", _("Choose a currency")), *others]
        self.fields["rate"].help_text = _("What one unit is worth in %(currency)s.") % {"currency": base}
