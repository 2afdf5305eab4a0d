"""What tasks are narrowed by."""

import django_filters

from deals.models import Deal
from organizations.tenancy.filters import DayFilter, FlagFilter, IdFilter, colleagues, neighbors
from tasks.models import Task


class TaskFilter(django_filters.FilterSet):
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
