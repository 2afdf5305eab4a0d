"""What a report is about, as its address says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from analytics.figures import Scope
from analytics.periods import Named, Period, between
from deals.pipelines import Pipeline
from organizations.models import Membership, User
from organizations.roles import Power
from organizations.tenancy.filters import DayField, check_may_ask_for

ALL = "all"


class ReportForm(forms.Form):
    """Days of one's own win over a period's name; without a pipeline it is the default one."""

    def __init__(self, sent: Any, *, by: Membership, pipelines: Sequence[Pipeline], colleagues: Sequence[User]):
        first = str(pipelines[0].pk) if pipelines else ALL
        super().__init__({"period": Named.QUARTER, "pipeline_id": first, **{k: v for k, v in sent.items() if v}})
        self.by = by
        choices = [(str(pipeline.pk), str(pipeline)) for pipeline in pipelines]
        day = forms.DateInput(attrs={"type": "date", "class": "input small"})
        select = forms.Select(attrs={"class": "input small"})
        people: list[Any] = [(str(user.pk), str(user)) for user in colleagues]
        self.fields = {
            "period": forms.ChoiceField(choices=Named.choices, label=_("Period"), widget=forms.HiddenInput),
            "pipeline_id": forms.ChoiceField(
                choices=[*choices, (ALL, _("All pipelines"))], label=_("Pipeline"), widget=select
            ),
            "owner_id": forms.ChoiceField(
                choices=[("", _("Everybody")), *people], required=False, label=_("Owner"), widget=select
            ),
            "from": DayField(required=False, label=_("From"), widget=day),
            "to": DayField(required=False, label=_("To"), widget=day),
        }
        if not by.may(Power.FILTER_BY_OWNER):
            self.fields["owner_id"].widget.choices = [("", _("Everybody")), (str(by.user_id), _("Only mine"))]

    def clean_owner_id(self) -> int | None:
        number = self.cleaned_data["owner_id"]
        if number:
            check_may_ask_for(int(number), self.by)
        return int(number) if number else None

    def clean_pipeline_id(self) -> int | None:
        number = self.cleaned_data["pipeline_id"]
        return None if number == ALL else int(number)

    def clean(self) -> None:
        if self.errors:
            return
        first, last = self.cleaned_data["from"], self.cleaned_data["to"]
        if last and not first:
            raise ValidationError({"from": ValidationError(_("Write the first day, too."), "required")})
        today = self.by.organization.today()
        named = Named(self.cleaned_data["period"])
        self.cleaned_data["days"] = between(first, last or max(first, today)) if first else named.until(today)

    @property
    def has_own_days(self) -> bool:
        return bool(self.data.get("from") or self.data.get("to"))

    @property
    def period(self) -> Period:
        period: Period = self.cleaned_data["days"]
        return period

    @property
    def scope(self) -> Scope:
        return Scope(self.by, self.cleaned_data["pipeline_id"], self.cleaned_data["owner_id"])
