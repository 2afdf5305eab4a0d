"""The API of the reports."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from analytics import figures
from analytics.figures.conversion import Figures
from analytics.keeping import kept
from analytics.serializers import FunnelSerializer, SummarySerializer
from deals.pipelines import Pipeline
from organizations.tenancy.ids import ID_SCHEMA
from organizations.tenancy.viewsets import StrictView, id_in_query, neighbor_in_query


class SummaryQuery(serializers.Serializer):
    days = serializers.IntegerField(min_value=1, max_value=365, default=30, help_text="For the new deals.")


class SummaryView(StrictView):
    query_parameters = ("days",)

    @extend_schema(parameters=[SummaryQuery], responses=SummarySerializer)
    def get(self, request: Any) -> Response:
        query = SummaryQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        by, days = request.membership, query.validated_data["days"]
        return Response(
            kept(by, "summary", days, build=lambda: figures.summary(by, days=days, now=timezone.now())),
        )


class FunnelView(StrictView):
    query_parameters = ("pipeline_id",)

    @extend_schema(
        parameters=[OpenApiParameter("pipeline_id", ID_SCHEMA, description="The default one without it.")],
        responses=FunnelSerializer,
    )
    def get(self, request: Any) -> Response:
        by, number = request.membership, id_in_query(request, "pipeline_id")
        return Response(kept(by, "funnel", number, build=lambda: _funnel(request)))


def _funnel(request: Any) -> Figures:
    pipeline = neighbor_in_query(request, "pipeline_id", Pipeline)
    return figures.funnel(request.membership, pipeline=pipeline)
