"""The API of the reports."""

from functools import lru_cache
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
        by, days = request.membership, _days_of(request.query_params.get("days"))
        return Response(
            kept(by, "summary", days, build=lambda: figures.summary(by, days=days, now=timezone.now())),
        )


@lru_cache(maxsize=500)
def _days_of(text: str | None) -> int:
    """The days that this says, or says nothing of. Raises DRF's ValidationError."""
    query = SummaryQuery(data={} if text is None else {"days": text})
    query.is_valid(raise_exception=True)
    days: int = query.validated_data["days"]
    return days


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
