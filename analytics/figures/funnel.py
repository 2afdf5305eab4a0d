"""Where the deals of a pipeline stand, and how far they came."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from analytics.figures.conversion import CENT, Converter, Figures, of_rates, rates_of, rounded
from deals.models import StageChange, Status
from deals.pipelines import Pipeline, Stage
from deals.totals import DealTotal, WayTotal, summed, tallied
from organizations.models import Membership
from organizations.tenancy.kept import standing_in
from organizations.tenancy.together import Together


def funnel(by: Membership, *, pipeline: Pipeline | None = None) -> Figures:
    """Where the deals of a pipeline (None: the default one) stand, and how far they ever came."""
    found = ASKED.rows(*of_rates(by.organization), *([pipeline.pk] if pipeline else []))
    convert, rows = Converter(by.organization, found["rates"]), [tallied(row) for row in found["totals"]]
    in_order = sorted((Stage(**row) for row in found["stages"]), key=lambda stage: (stage.position, stage.pk))
    reached = reached_by_all(found["ways"], in_order)
    figures = [_of_stage(stage, rows, convert, reached[stage.pk]) for stage in in_order]
    for before, figure in zip([None, *figures], figures, strict=False):
        figure["conversion_from_previous"] = conversion(before, figure, "total")
        figure["conversion_reached"] = conversion(before, figure, "reached")
    return {
        "pipeline_id": pipeline.pk if pipeline else found["pipelines"][0]["id"],
        "currency": convert.base,
        "stages": figures,
        "unconverted": sorted(convert.unconverted),
    }


def _asked(organization_id: int, base: str, today: date, *pipeline_id: int) -> dict[str, Any]:
    here = standing_in(organization_id)
    pipelines = Pipeline.objects.for_membership(here).order_by()
    pipelines = pipelines.filter(pk=pipeline_id[0]) if pipeline_id else pipelines.filter(is_default=True)
    stages = Stage.objects.for_membership(here).filter(pipeline__in=pipelines).order_by()
    return {
        "pipelines": pipelines.values("id"),
        "stages": stages.values("id", "slug", "name", "position"),
        "totals": summed(DealTotal.objects.for_membership(here).filter(stage__in=stages), "stage", "status"),
        "ways": WayTotal.objects.for_membership(here).values("stages", "count"),
        "rates": rates_of(organization_id, base, today),
    }


ASKED = Together(_asked)


def _of_stage(stage: Stage, rows: list[Figures], convert: Converter, reached: int) -> Figures:
    here = [row for row in rows if row["stage"] == stage.pk]
    by_status = dict.fromkeys(Status.values, 0)
    for row in here:
        by_status[row["status"]] += row["count"]
    return {
        "stage": stage.slug,
        "name": stage.name,
        "total": sum(by_status.values()),
        "by_status": by_status,
        "amount": rounded(sum((convert(row["sum"], row["currency"]) for row in here), Decimal(0))),
        "reached": reached,
    }


def reached_by_all(ways: list[Figures], stages: list[Stage]) -> dict[int, int]:
    """How many deals ever stood in each stage or a later one of its pipeline, by the totals of their ways."""
    positions = {str(stage.pk): stage.position for stage in stages}
    reached = dict.fromkeys((stage.pk for stage in stages), 0)
    for way in ways:
        furthest = max((positions[stage] for stage in way["stages"].split(",") if stage in positions), default=0)
        for stage in stages:
            reached[stage.pk] += way["count"] if stage.position <= furthest else 0
    return reached


def moves_to(by: Membership, stages: list[Stage]) -> QuerySet[StageChange]:
    moves: QuerySet[StageChange] = StageChange.objects.for_membership(by)
    return moves.filter(to_stage__in=[stage.pk for stage in stages])


def reached_of(moves: QuerySet[StageChange], stages: list[Stage]) -> dict[int, int]:
    """How many deals ever stood in each stage or a later one of its pipeline, each deal once."""
    if not stages:
        return {}
    furthest = moves.order_by().values("deal").annotate(furthest=Max("to_stage__position"))
    counts = furthest.aggregate(
        **{f"stage_{stage.pk}": Count("deal", filter=Q(furthest__gte=stage.position)) for stage in stages}
    )
    return {stage.pk: counts[f"stage_{stage.pk}"] for stage in stages}


def conversion(before: Figures | None, figure: Figures, name: str) -> float | None:
    """In percent of the stage before, to two places; None for the first and after an empty one."""
    if before is None or not before[name]:
        return None
    return float((Decimal(figure[name]) * 100 / before[name]).quantize(CENT, ROUND_HALF_UP))
