"""Deals, pipelines and stages as the API shows and takes them."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.relations import PKOnlyObject

from contacts.models import Contact
from deals import asked_stage
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from organizations.tenancy.serializers import NeighborText, TenantRelatedField, TenantSerializer


class PipelineSerializer(TenantSerializer):
    class Meta:
        model = Pipeline
        fields = ["id", "name", "is_default", "created_at", "updated_at", "version"]


class StageSerializer(TenantSerializer):
    class Meta:
        model = Stage
        fields = [
            "id",
            "pipeline_id",
            "slug",
            "name",
            "position",
            "probability",
            "expected_days",
            "created_at",
            "updated_at",
            "version",
        ]
        extra_kwargs = {"position": {"required": False}}


class PipelineOfStage(TenantRelatedField):
    """The pipeline that a deal's stage belongs to."""

    column = "stage__pipeline_id"

    def get_attribute(self, deal: Deal) -> PKOnlyObject:
        return PKOnlyObject(pk=deal.stage.pipeline_id)


class StageInPipeline(serializers.SlugField):
    """A stage by its short name; `DealSerializer.validate` finds it in the deal's pipeline."""

    column = "stage__slug"

    def to_representation(self, stage: Any) -> str:
        return stage.slug


class ContactOfDeal(TenantRelatedField):
    """The contact, and along with it all else that a new deal needs to know."""

    def found(self, pk: int) -> list[Contact]:
        if self.parent.instance:
            return super().found(pk)
        slug = self.parent.initial_data.get("stage")
        named = () if slug is None else (asked_stage.readable(slug),)
        return asked_stage.OF_NEW_DEAL.rows(self.context["request"].membership.organization_id, pk, *named)


class DealSerializer(TenantSerializer):
    contact_id = ContactOfDeal(source="contact", queryset=Contact.objects)
    contact_name = serializers.CharField(source="contact.name", read_only=True)
    company_name = NeighborText("company.name")
    owner_name = serializers.CharField(source="owner.name", read_only=True)
    pipeline_id = PipelineOfStage(source="pipeline", queryset=Pipeline.objects, required=False)
    stage = StageInPipeline(required=False, max_length=60)

    class Meta:
        model = Deal
        fields = [
            "id",
            "external_id",
            "contact_id",
            "contact_name",
            "company_id",
            "company_name",
            "owner_id",
            "owner_name",
            "title",
            "amount",
            "currency",
            "status",
            "pipeline_id",
            "stage",
            "expected_close_date",
            "closed_at",
            "lost_reason",
            "stage_entered_at",
            "created_at",
            "updated_at",
            "version",
        ]
        extra_kwargs = {"owner_id": {"required": False}, "currency": {"required": False}}

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if values.keys() & {"pipeline", "stage"} or self.instance is None:
            values["stage"] = self._stage(values, values.pop("pipeline", None), values.pop("stage", None))
        return values

    def _stage(self, values: dict[str, Any], pipeline: Pipeline | None, slug: str | None) -> Stage | None:
        if pipeline is None:
            stage = asked_stage.stage_read_with(self.instance or values["contact"])
        elif slug is None:
            return self._nearest(pipeline)
        else:
            stage = pipeline.stages.filter(slug=slug).first()
        if stage is None and slug is not None:
            raise serializers.ValidationError(
                {"stage": [_("There is no such stage in the pipeline.")]}, "does_not_exist"
            )
        return stage

    def _nearest(self, pipeline: Any) -> Stage:
        nearest = self.instance.stage.in_pipeline(pipeline) if self.instance else pipeline.stages.first()
        if nearest is None:
            raise serializers.ValidationError({"pipeline_id": [_("This pipeline has no stages yet.")]}, "no_stages")
        return nearest
