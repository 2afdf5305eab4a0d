"""Tasks as people write them down: all of one, one in a line, and the two changes that are made in a list."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deals.models import CLOSED, Deal
from organizations.models import Membership
from organizations.tenancy.fields import fold
from organizations.tenancy.forms import OwnedForm, TenantForm
from organizations.tenancy.ids import parse_id
from tasks.models import Task
from tasks.quick_add import understand

OFFERED = 50
LONGEST = 250  # a title and a number
NUMBERED = re.compile(r"(?P<title>.*) #(?P<pk>[0-9]+)", re.DOTALL)


def offered_deals(by: Membership) -> Any:
    """The open deals of this member, those that changed last: what a task is most likely for."""
    deals = Deal.objects.for_membership(by).filter(owner=by.user_id).exclude(status__in=CLOSED)
    return deals.select_related("company", "contact").order_by("-updated_at", "-pk")[:OFFERED]


class DealField(forms.ModelChoiceField):
    """A deal by its title: there may be ten thousand, too many to choose from. Its number tells namesakes apart."""

    queryset: Any
    widget = forms.TextInput(attrs={"list": "offered-deals", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        deal = self.queryset.filter(pk=value).first()
        return f"{deal} #{deal.pk}" if deal else ""

    def to_python(self, value: Any) -> Any:
        text = (value or "").replace("\0", "").strip()
        if len(text) > LONGEST:
            raise ValidationError(_("No title is that long."), "too_long")
        return (self._numbered(text) or self._called(text)) if text else None

    def _numbered(self, text: str) -> Any:
        match = NUMBERED.fullmatch(text)
        number = parse_id(match["pk"]) if match else None
        return self.queryset.filter(pk=number, title=match["title"]).first() if match and number else None

    def _called(self, text: str) -> Any:
        """The deal of this very title, else the only one with these words; an open one before those that ended."""
        for deals in (self.queryset.filter(search_text=fold(text)), self.queryset.search(text)):
            for found in (deals.exclude(status__in=CLOSED)[:2], deals[:2]):
                if len(found) == 1:
                    return found[0]
                if found:
                    raise ValidationError(_("Several deals are called so. Choose one of the list."), "ambiguous")
        raise ValidationError(_("There is no deal called “%(text)s”.") % {"text": text}, "unknown")


class OfDealForm(TenantForm):
    """A task whose deal is named by its title; the address may name it by its id."""

    deal = DealField(queryset=Deal.objects.all(), label=gettext_lazy("Deal"))

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        if isinstance(self.initial.get("deal"), str):
            self.initial["deal"] = parse_id(self.initial["deal"])


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
