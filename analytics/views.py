"""The API of the reports."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from analytics import cache, figures
from analytics.serializers import FunnelSerializer, SummarySerializer
from deals.pipelines import Pipeline
from organizations.models import Organization
from organizations.tenancy.ids import ID_SCHEMA
from organizations.tenancy.viewsets import StrictView, neighbor_in_query


def _state_of(organization: Organization) -> str:
    """Its day, and its version: the request may have read it before a change that the stamp knows already."""
    return f"{organization.version}:{organization.today()}"


class SummaryQuery(serializers.Serializer):
    days = serializers.IntegerField(min_value=1, max_value=365, default=30, help_text="For the new deals.")


class SummaryView(StrictView):
    query_parameters = ("days",)

    @extend_schema(parameters=[SummaryQuery], responses=SummarySerializer)
    def get(self, request: Any) -> Response:
        query = SummaryQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        by, days = request.membership, query.validated_data["days"]
        arguments = f"{_state_of(by.organization)}:{days}"
        return Response(
            cache.remember(
                by.organization_id, "summary", arguments, lambda: figures.summary(by, days=days, now=timezone.now())
            )
        )


class FunnelView(StrictView):
    query_parameters = ("pipeline_id",)

    @extend_schema(
        parameters=[OpenApiParameter("pipeline_id", ID_SCHEMA, description="The default one without it.")],
        responses=FunnelSerializer,
    )
    def get(self, request: Any) -> Response:
        by = request.membership
        pipeline = neighbor_in_query(request, "pipeline_id", Pipeline)
        arguments = f"{_state_of(by.organization)}:{pipeline.pk if pipeline else 'default'}"
        return Response(
            cache.remember(by.organization_id, "funnel", arguments, lambda: figures.funnel(by, pipeline=pipeline))
        )
