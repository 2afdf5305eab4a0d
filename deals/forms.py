"""Where a deal goes next, as people say it."""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deals.models import Deal, Status
from deals.pipelines import Stage
from organizations.models import Membership, User
from organizations.tenancy.forms import TellingForm, TenantForm, within
from organizations.tenancy.refusals import StaleVersion


class BulkForm(TellingForm, forms.Form):
    """What becomes of many deals at once. Whether it may, the hall says of each."""

    stage = forms.ModelChoiceField(Stage.objects.all(), required=False)
    owner = forms.ModelChoiceField(User.objects.all(), required=False)
    status = forms.ChoiceField(choices=Status.choices, required=False)
    lost_reason = forms.CharField(max_length=1000, required=False)

    def __init__(self, sent: Any, *, by: Membership):
        super().__init__(sent)
        for name in ("stage", "owner"):
            field: Any = self.fields[name]
            field.queryset = within(field.queryset, Deal, by)
            field.error_messages["invalid_choice"] = _("There is no such record in this organization.")

    def clean(self) -> dict[str, Any]:
        """The reason stands in the form whatever is chosen there; it belongs to losing."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if asked.get("status") != Status.LOST:
            asked.pop("lost_reason", None)
        if not asked and not self.errors:
            raise ValidationError(_("Say what to do with these deals."), "nothing_asked")
        return asked


class MoveForm(TenantForm):
    """What is sent of a move, and what is still missing: nobody is asked for more."""

    beside: dict[str, str] = {Status.WON: "amount", Status.LOST: "lost_reason"}  # what one is asked for with an outcome

    class Meta:
        model = Deal
        fields = ["stage", "status", "amount", "lost_reason"]
        labels = {"amount": gettext_lazy("Amount"), "lost_reason": gettext_lazy("Reason")}
        widgets = {
            "stage": forms.HiddenInput,
            "status": forms.HiddenInput,
            "lost_reason": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, sent: Any = None, *, by: Membership, initial: dict[str, Any], **options: Any):
        super().__init__(sent, by=by, initial=initial, **options)
        wanted = {"seen_version", *(initial if sent is None else sent)}
        if sent is None:
            wanted.add(self.beside.get(initial.get("status", ""), ""))
        self.fields = {name: field for name, field in self.fields.items() if name in wanted}

    @property
    def outcome(self) -> str:
        return str(self["status"].value()) if "status" in self.fields else ""

    @property
    def asked(self) -> list[Any]:
        """What one has to write before the deal can go there."""
        names = [name for name in self.beside.values() if name in self.fields]
        return [self[name] for name in names if self.beside.get(self.outcome) == name or name in self.errors]

    @property
    def kept(self) -> list[Any]:
        """What was sent already and is sent again."""
        names = {field.name for field in self.asked} | {"seen_version"}
        return [self[name] for name in self.fields if name not in names]

    @property
    def reasons(self) -> list[str]:
        """Why the deal does not go there, apart from what is asked."""
        said = {NON_FIELD_ERRORS, *(field.name for field in self.kept)}
        return [str(sentence) for name, sentences in self.errors.items() if name in said for sentence in sentences]

    def show(self, refusal: Exception) -> None:
        """Ask for what the hall misses."""
        if isinstance(refusal, StaleVersion):
            refusal = ValidationError(self._what_happened(), "stale_version")
        for name in getattr(refusal, "error_dict", {}):
            if name in self.base_fields and name not in self.fields:
                self.fields[name] = copy.deepcopy(self.base_fields[name])
        super().show(refusal)

    def _what_happened(self) -> str:
        move = self.instance.stage_changes.select_related("to_stage", "by").last()
        words = {"stage": move.to_stage, "who": move.by or _("the system")}
        return _("This deal was changed in the meantime: it is in %(stage)s, where %(who)s put it.") % words
