"""The pages of tasks: the list, one line to add to it, and the panel that other records show of theirs."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from deals.models import Deal
from organizations.models import User
from organizations.roles import Power
from organizations.tenancy.addresses import local_path
from organizations.tenancy.ids import parse_id
from organizations.tenancy.keyset import Order
from organizations.tenancy.toasts import tell
from organizations.tenancy.views import (
    REFUSED,
    TenantCreatePage,
    TenantDeletePage,
    TenantDetailPage,
    TenantEditPage,
    TenantListPage,
    TenantPage,
)
from tasks import days
from tasks.filters import TaskPageFilter, TaskPanelFilter
from tasks.forms import DoneForm, QuickAddForm, SnoozeForm, TaskForm, offered_deals
from tasks.models import Task, When

CHIPS = 200


class OfTasks(TenantPage):
    model = Task
    form_class: Any = TaskForm

    def narrow(self, queryset: Any) -> Any:
        return queryset.select_related("deal__company", "deal__contact", "assignee")

    @property
    def back(self) -> str:
        """Where the reader came from, and goes back to."""
        named = self.request.POST.get("next") or self.request.GET.get("next") or self.request.htmx.current_url_abs_path
        return local_path(named or "") or self.request.get_full_path()

    def get_context_data(self, *nothing: Any, **more: Any) -> dict[str, Any]:
        by = self.request.membership
        today = by.organization.today()
        may_assign = by.may(Power.ASSIGN)
        known = {"today": today, "sleeps": days.snoozes(today), "back": self.back, "may_assign": may_assign}
        return super().get_context_data(**known, **more)


class QuickAdding(OfTasks):
    """A page where one line makes a task, for the deal that `deal_id` names or for one that is named beside it."""

    filterset_class: Any

    def quick(self, sent: Any = None) -> QuickAddForm:
        by = self.request.membership
        deals = Deal.objects.for_membership(by).select_related("contact")
        deal = deals.filter(pk=parse_id(self.request.GET.get("deal_id", "")) or 0).first()
        return QuickAddForm(sent, instance=Task(deal=deal), by=by)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.quick(request.POST)
        if not form.save_or_show():
            return self.render_to_response(self.get_context_data(quick=form), status=REFUSED)
        address, task = request.get_full_path(), form.instance
        tell(request, self._added(task), undo=self.address("delete", pk=task.pk), next=self.back)
        return redirect(address)

    def _added(self, task: Task) -> str:
        if not task.due_date:
            return _("Added “%(task)s”") % {"task": task}
        day = days.due(task.due_date, self.request.membership.organization.today())
        return _("Added “%(task)s”, due %(day)s") % {"task": task, "day": day}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        quick = more.pop("quick", None) or self.quick()
        deal = None if "deal" in quick.fields else quick.instance.deal
        may_add = deal is None or Task.may_be_added_to(deal, self.request.membership)
        offered = [] if deal else offered_deals(self.request.membership)
        return super().get_context_data(quick=quick, deal=deal, may_add=may_add, offered=offered, **more)


class TaskListPage(QuickAdding, TenantListPage):
    filterset_class = TaskPageFilter

    def order(self) -> Order:
        is_done = self.request.GET.get("when") == When.DONE
        return Order("done_at", True) if is_done else Order("due_date", False)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        tabs = [(when, context["filters"].counts[when.value]) for when in When]
        whose = context["filters"].form["assignee_id"].value()
        by = self.request.membership
        is_mine = whose == str(by.user_id)
        return {
            **context,
            "tabs": tabs,
            "whose": whose,
            "is_mine": is_mine,
            "people": [] if is_mine else User.objects.for_membership(by),
            "groups": [(day, list(tasks)) for day, tasks in groupby(context["found"], key=self._day)],
        }

    def _day(self, task: Task) -> Any:
        """Under which day a task stands in the list."""
        if task.done_at is None:
            return task.due_date
        return task.done_at.astimezone(ZoneInfo(self.request.membership.organization.time_zone)).date()


class TaskPanelPage(QuickAdding, TenantListPage):
    """The open tasks of a deal, a contact or a company, to be shown on its page."""

    page = "panel"
    filterset_class = TaskPanelFilter

    def narrow(self, queryset: Any) -> Any:
        return super().narrow(queryset).open()

    def order(self) -> Order:
        return Order("due_date", False)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        if not context["filters"].is_valid():
            raise Http404
        return context

    def get_template_names(self) -> list[str]:
        is_part = self.request.htmx and self.request.htmx.target != "main"
        return ["tasks/_panel.html"] if is_part else ["tasks/panel.html"]


class TaskPage(OfTasks, TenantDetailPage):
    pass


class TaskCreatePage(OfTasks, TenantCreatePage):
    def afterwards(self, record: Any) -> str:
        return self.back if "next" in self.request.GET else super().afterwards(record)


class TaskEditPage(TaskCreatePage, TenantEditPage):
    pass


class TaskDeletePage(OfTasks, TenantDeletePage):
    def afterwards(self, record: Any) -> str:
        return self.back if "next" in self.request.POST else super().afterwards(record)


class TaskChangePage(OfTasks, TenantEditPage):
    """One change that is made in a list, where it swaps the row; it can be taken back if the model lets it."""

    page = "change"

    def get_template_names(self) -> list[str]:
        is_row = self.request.htmx.target == f"task-{self.kwargs['pk']}"
        return ["tasks/_changed.html"] if is_row else super().get_template_names()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        (field,) = form.fields.keys() - {"seen_version"}
        before = getattr(form.instance, field)
        if not form.save_or_show():
            return self.show(form, status=REFUSED)
        self._tell(form.instance, field, before)
        if request.htmx.target == f"task-{form.instance.pk}":
            return self.show(form, headers={"HX-Trigger": "tasks-changed"})
        return redirect(self.back if "next" in request.POST else self.address("list"))

    def _tell(self, task: Task, field: str, before: Any) -> None:
        may_return = not task.reason_against(self.request.membership, **{field: before})
        values = {field: before or "", "seen_version": task.version, "next": self.back}
        tell(self.request, self.sentence(task), undo=self.request.path if may_return else "", **values)

    def sentence(self, task: Task) -> str:
        raise NotImplementedError


class TaskDonePage(TaskChangePage):
    form_class = DoneForm

    def sentence(self, task: Task) -> str:
        return (_("Completed “%(task)s”") if task.is_done else _("Reopened “%(task)s”")) % {"task": task}


class TaskSnoozePage(TaskChangePage):
    form_class = SnoozeForm

    def sentence(self, task: Task) -> str:
        if not task.due_date:
            return _("“%(task)s” has no date now") % {"task": task}
        day = days.due(task.due_date, self.request.membership.organization.today())
        return _("“%(task)s” sleeps until %(day)s") % {"task": task, "day": day}


class NextStepsPage(TenantPage):
    """The next step of each of these deals, to be put on the cards of a board."""

    model = Deal
    page = "_next_steps"

    def narrow(self, queryset: Any) -> Any:
        ids = [parse_id(text) for text in self.request.GET.getlist("deal")[:CHIPS]]
        step = Task.objects.next_of(OuterRef("pk"))
        deals = queryset.filter(pk__in=[pk for pk in ids if pk]).order_by("pk")
        return deals.annotate(step=Subquery(step.values("title")), step_due=Subquery(step.values("due_date")))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        by = self.request.membership
        deals = [(deal, Task.may_be_added_to(deal, by)) for deal in self.get_queryset()]
        return super().get_context_data(deals=deals, today=by.organization.today(), **more)
