"""A deal as people write it down: a title and a contact are enough."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms import CompanyField, ContactField
from contacts.models import Company, Contact
from deals.models import Deal
from deals.pipelines import Stage
from organizations.models import Membership
from organizations.tenancy.currencies import CURRENCIES
from organizations.tenancy.form_fields import AmountField
from organizations.tenancy.forms import OwnedForm


class StageField(forms.ModelChoiceField):
    """A stage of any pipeline, which it names."""

    def label_from_instance(self, stage: Any) -> str:
        return f"{stage.pipeline}: {stage}"


class DealForm(OwnedForm):
    """What people know of a deal. Its stage and its status are changed by moving it."""

    optional: tuple[str, ...] = ("owner", "currency")
    contact = ContactField(queryset=Contact.objects.all(), label=_("Contact"))
    company = CompanyField(queryset=Company.objects.all(), label=_("Company"), required=False)
    amount = AmountField(label=_("Amount"), max_digits=18, decimal_places=2, required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in sorted(CURRENCIES)])

    class Meta:
        model = Deal
        fields = ["title", "contact", "company", "amount", "currency", "expected_close_date", "owner", "lost_reason"]
        labels = {
            "title": _("Title"),
            "expected_close_date": _("Expected close"),
            "owner": _("Owner"),
            "lost_reason": _("Reason"),
        }
        widgets = {
            "expected_close_date": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "lost_reason": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, by: Membership, **options: Any):
        super().__init__(*args, by=by, **options)
        if not self.instance.is_lost:
            del self.fields["lost_reason"]


class NewDealForm(DealForm):
    """A deal may begin in any stage; nobody says which: the first one of the default pipeline."""

    optional = (*DealForm.optional, "stage")
    stage = StageField(
        Stage.objects.select_related("pipeline").order_by("-pipeline__is_default", "pipeline", "position"),
        label=_("Stage"),
        empty_label=_("The first one"),
    )

    class Meta(DealForm.Meta):
        fields = [*DealForm.Meta.fields, "stage"]

    def __init__(self, *args: Any, by: Membership, **options: Any):
        super().__init__(*args, by=by, **options)
        self.initial.setdefault("currency", by.organization.base_currency)
