"""The timeline as the API shows it, and takes comments into it."""

from rest_framework import serializers

from activities.models import Activity
from organizations.tenancy.serializers import NeighborText, TenantSerializer


class ActivitySerializer(TenantSerializer):
    author_name = NeighborText("author.name")
    payload = serializers.DictField()

    class Meta:
        model = Activity
        fields = ["id", "deal_id", "author_id", "author_name", "type", "payload", "created_at"]
        read_only_fields = ["deal_id", "author_id"]
