"""The API of tasks."""

from organizations.tenancy.viewsets import TenantViewSet
from tasks.filters import TaskFilter
from tasks.models import Task
from tasks.serializers import TaskSerializer


class TaskViewSet(TenantViewSet):
    model = Task
    serializer_class = TaskSerializer
    filterset_class = TaskFilter
    orderings = ("created_at", "updated_at", "due_date", "title")

    def narrow(self, tasks):
        return tasks.select_related("deal", "assignee")
