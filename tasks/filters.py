"""What tasks are narrowed by."""

from typing import Any

import django_filters

from contacts.models import Company, Contact
from deals.models import Deal
from organizations.tenancy.filters import DayFilter, FlagFilter, IdFilter, PageFilterSet, colleagues, neighbors
from tasks.models import Task, When


class TaskFilter(PageFilterSet):
    deal_id = IdFilter(field_name="deal", queryset=neighbors(Deal))
    assignee_id = IdFilter(field_name="assignee", queryset=colleagues)
    only_open = FlagFilter(method="filter_open")
    due_before = DayFilter(field_name="due_date", lookup_expr="lte")
    due_after = DayFilter(field_name="due_date", lookup_expr="gte")
    search = django_filters.CharFilter(method="filter_search", max_length=200)

    class Meta:
        model = Task
        fields: list[str] = []

    def filter_open(self, tasks, name, only_open):
        return tasks.open() if only_open else tasks

    def filter_search(self, tasks, name, words):
        return tasks.search(words)


class TaskPageFilter(TaskFilter):
    """As in the API, but the reader's own tasks where nobody is named; and of these, where they stand today."""

    counts = dict.fromkeys(When.values, 0)
    when = When.TODAY

    def __init__(self, data: Any, queryset: Any, *, request: Any):
        data = data.copy()
        data.setdefault("assignee_id", str(request.membership.user_id))
        super().__init__(data, queryset, request=request)

    def filter_queryset(self, queryset: Any) -> Any:
        today = self.request.membership.organization.today()
        tasks = super().filter_queryset(queryset)
        self.counts = tasks.count_by_when(today)
        self.when = self._asked_for() or self._first_with_tasks()
        return tasks.filter(self.when.on(today))

    def _asked_for(self) -> When | None:
        asked = self.data.get("when")
        return When(asked) if asked in When.values else None

    def _first_with_tasks(self) -> When:
        return next((when for when in When if when != When.DONE and self.counts[when.value]), When.TODAY)


class TaskPanelFilter(TaskFilter):
    contact_id = IdFilter(field_name="deal__contact", queryset=neighbors(Contact))
    company_id = IdFilter(field_name="deal__company", queryset=neighbors(Company))
