"""Where the deals of a pipeline stand, and how far they came."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Max, Q, QuerySet

from analytics.figures.conversion import CENT, Converter, Figures, rounded
from deals.models import Deal, StageChange, Status
from deals.pipelines import Pipeline, Stage
from deals.totals import WayTotal, tally
from organizations.models import Membership


def funnel(by: Membership, *, pipeline: Pipeline | None = None) -> Figures:
    """Where the deals of a pipeline (None: the default one) stand, and how far they ever came."""
    pipeline = pipeline or Pipeline.objects.for_membership(by).get(is_default=True)
    convert = Converter(by.organization)
    stages = list(Stage.objects.for_membership(by).filter(pipeline=pipeline))
    rows = tally(Deal.objects.for_membership(by).filter(stage__in=[stage.pk for stage in stages]), "stage", "status")
    reached = reached_by_all(by, stages)
    figures = [_of_stage(stage, rows, convert, reached[stage.pk]) for stage in stages]
    for before, figure in zip([None, *figures], figures, strict=False):
        figure["conversion_from_previous"] = conversion(before, figure, "total")
        figure["conversion_reached"] = conversion(before, figure, "reached")
    return {
        "pipeline_id": pipeline.pk,
        "currency": convert.base,
        "stages": figures,
        "unconverted": sorted(convert.unconverted),
    }


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


def reached_by_all(by: Membership, stages: list[Stage]) -> dict[int, int]:
    """How many deals ever stood in each stage or a later one of its pipeline, from the totals of their ways."""
    positions = {str(stage.pk): stage.position for stage in stages}
    reached = dict.fromkeys((stage.pk for stage in stages), 0)
    for way in WayTotal.objects.for_membership(by):
        furthest = max((positions[stage] for stage in way.stages.split(",") if stage in positions), default=0)
        for stage in stages:
            reached[stage.pk] += way.count if stage.position <= furthest else 0
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
