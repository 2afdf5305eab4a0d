"""Tasks as the API shows and takes them."""

from rest_framework import serializers

from organizations.tenancy.serializers import TenantSerializer
from tasks.models import Task


class TaskSerializer(TenantSerializer):
    deal_title = serializers.CharField(source="deal.title", read_only=True)
    assignee_name = serializers.CharField(source="assignee.name", read_only=True)

    class Meta:
        model = Task
        fields = [
            "id",
            "deal_id",
            "deal_title",
            "assignee_id",
            "assignee_name",
            "title",
            "description",
            "due_date",
            "is_done",
            "done_at",
            "created_at",
            "updated_at",
            "version",
        ]
        extra_kwargs = {"assignee_id": {"required": False}}
