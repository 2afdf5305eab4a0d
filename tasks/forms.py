"""Tasks as people write them down: all of one, one in a line, and the two changes that are made in a list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from deals.models import CLOSED, Deal
from organizations.models import Membership
from organizations.tenancy.fields import fold
from organizations.tenancy.forms import OwnedForm, TenantForm
from organizations.tenancy.named import NamedField
from tasks.models import Task
from tasks.quick_add import understand

OFFERED = 50


def offered_deals(by: Membership) -> Any:
    """The open deals of this member, those that changed last: what a task is most likely for."""
    deals = Deal.objects.for_membership(by).filter(owner=by.user_id).exclude(status__in=CLOSED)
    return deals.select_related("company", "contact").order_by("-updated_at", "-pk")[:OFFERED]


class DealField(NamedField):
    """A deal by its title; an open one before those that ended."""

    suggested_by = "deals:suggest"

    def called(self, text: str) -> Any:
        return self.queryset.filter(search_text=fold(text))

    def in_order(self, found: Any) -> list[Any]:
        return [found.exclude(status__in=CLOSED), found]


class OfDealForm(TenantForm):
    """A task whose deal is named by its title; the address may name it by its id."""

    deal = DealField(queryset=Deal.objects.all(), label=gettext_lazy("Deal"))


class DayInput(forms.DateInput):
    """The browser's own calendar, which reads and writes a day as ISO does."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TaskForm(OfDealForm, OwnedForm):
    answerable = "assignee"
    optional = ("assignee",)

    class Meta:
        model = Task
        fields = ["title", "deal", "due_date", "assignee", "description"]
        widgets = {"due_date": DayInput}
        labels = {
            "title": gettext_lazy("What is to be done"),
            "due_date": gettext_lazy("Due"),
            "assignee": gettext_lazy("Assignee"),
            "description": gettext_lazy("Description"),
        }


class QuickAddForm(OfDealForm):
    """A task in one line, for a deal that is given or named beside it."""

    class Meta:
        model = Task
        fields = ["title", "deal"]
        labels = {"title": gettext_lazy("New task")}

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, auto_id="quick_%s", **options)
        if self.instance.deal_id:
            del self.fields["deal"]

    def clean_title(self) -> str:
        assert self.by
        title, self.instance.due_date = understand(self.cleaned_data["title"], self.by.organization.today())
        return title


class DoneForm(TenantForm):
    class Meta:
        model = Task
        fields = ["is_done"]


class SnoozeForm(TenantForm):
    class Meta:
        model = Task
        fields = ["due_date"]
        widgets = {"due_date": DayInput}
        labels = {"due_date": gettext_lazy("Due")}
