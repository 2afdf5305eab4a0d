"""The API of deals, pipelines and stages."""

from drf_spectacular.utils import OpenApiParameter, extend_schema

from deals import actions, asked_stage
from deals.filters import DealFilter, StageFilter
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.serializers import DealSerializer, PipelineSerializer, StageSerializer
from organizations.tenancy.ids import ID_SCHEMA
from organizations.tenancy.versions import version_asked
from organizations.tenancy.viewsets import TenantViewSet, neighbor_in_query


class PipelineViewSet(TenantViewSet):
    model = Pipeline
    serializer_class = PipelineSerializer
    default_ordering = "created_at"


class StageViewSet(TenantViewSet):
    model = Stage
    serializer_class = StageSerializer
    filterset_class = StageFilter
    orderings = ("position", "created_at")
    default_ordering = "position"
    delete_parameters = ("move_to",)

    @extend_schema(parameters=[OpenApiParameter("move_to", ID_SCHEMA, description="The stage that takes its deals.")])
    def destroy(self, request, *args, **kwargs):
        return super().destroy(request, *args, **kwargs)

    def perform_destroy(self, stage):
        move_to = neighbor_in_query(self.request, "move_to", Stage)
        actions.delete_stage(stage, by=self.request.membership, move_to=move_to, if_version=version_asked(self.request))


class DealViewSet(TenantViewSet):
    model = Deal
    serializer_class = DealSerializer
    filterset_class = DealFilter
    repeatable_parameters = ("status", "stage")
    orderings = ("created_at", "updated_at", "amount", "title", "expected_close_date")

    def narrow(self, deals):
        return deals.select_related("contact", "company", "owner", "stage")

    def named_in(self, body):
        return (asked_stage.readable(body["stage"]),) if isinstance(body, dict) and "stage" in body else ()

    def to_change(self, deals, slug):
        return asked_stage.of_pipeline(deals, slug)
