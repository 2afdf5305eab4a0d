"""Deals and activities as the baseline shows and takes them: the same fields as ours."""

from rest_framework import serializers

from activities.models import Activity
from deals.models import Deal
from deals.pipelines import Stage

COLUMNS = ["id", "external_id", "title", "amount", "currency", "status", "expected_close_date", "lost_reason"]
DATES = ["closed_at", "stage_entered_at", "created_at", "updated_at", "version"]
NEIGHBORS = ["contact_id", "contact_name", "company_id", "company_name", "owner_id", "owner_name"]


class OwnedField(serializers.PrimaryKeyRelatedField):
    """A neighbor of the same organization."""

    def get_queryset(self):
        return super().get_queryset().filter(organization=self.context["view"].membership.organization_id)


class StageField(serializers.SlugRelatedField):
    def get_queryset(self):
        organization = self.context["view"].membership.organization_id
        return Stage.objects.filter(organization=organization, pipeline__is_default=True)


class DealSerializer(serializers.ModelSerializer):
    contact_id = OwnedField(source="contact", queryset=Deal.contact.field.related_model.objects.all())
    contact_name = serializers.CharField(source="contact.name", read_only=True)
    company_id = serializers.PrimaryKeyRelatedField(source="company", read_only=True)
    company_name = serializers.CharField(source="company.name", read_only=True, default=None)
    owner_id = serializers.PrimaryKeyRelatedField(source="owner", read_only=True)
    owner_name = serializers.CharField(source="owner.name", read_only=True)
    pipeline_id = serializers.IntegerField(source="stage.pipeline_id", read_only=True)
    stage = StageField(slug_field="slug", required=False)
    currency = serializers.CharField(required=False, max_length=3)

    class Meta:
        model = Deal
        fields = [*COLUMNS, *NEIGHBORS, "pipeline_id", "stage", *DATES]
        read_only_fields = DATES


class ActivitySerializer(serializers.ModelSerializer):
    author_name = serializers.CharField(source="author.name", read_only=True, default=None)

    class Meta:
        model = Activity
        fields = ["id", "deal_id", "author_id", "author_name", "type", "payload", "created_at"]
        read_only_fields = ["author_id", "created_at"]
