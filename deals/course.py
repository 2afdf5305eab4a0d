"""The way of one deal through its pipeline: where it stood, for how long, and where somebody may send it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum

from deals.models import Deal, StageChange
from deals.pipelines import Stage
from organizations.tenancy import clock

if TYPE_CHECKING:
    from organizations.models import Membership


@dataclass(frozen=True)
class Step:
    """A stage of the pipeline as a deal knows it."""

    stage: Stage
    days: int | None  # whole days that the deal stood here; None where it never stood
    is_done: bool
    is_now: bool
    limit: int | None  # after so many days the deal is here too long; only while it is here and open
    reason: str  # why this member may not send the deal here; empty where they may


def course_of(deal: Deal, by: Membership) -> list[Step]:
    """Every stage of the deal's pipeline, in order."""
    stood = _time_in_stages(deal, by)
    stages = Stage.objects.for_membership(by).counted().filter(pipeline=deal.stage.pipeline_id)
    return [
        Step(
            stage=stage,
            days=stood[stage.pk].days if stage.pk in stood else None,
            is_done=stage.position < deal.stage.position,
            is_now=stage.pk == deal.stage_id,
            limit=stage.expected_days if stage.pk == deal.stage_id and not deal.is_closed else None,
            reason=deal.reason_against(by, stage=stage),
        )
        for stage in stages
    ]


def _time_in_stages(deal: Deal, by: Membership) -> dict[int, timedelta]:
    """How long the deal stood where it stood; in its last stage, until now or until it was closed."""
    left = StageChange.objects.for_membership(by).filter(deal=deal, from_stage__isnull=False)
    sums = left.order_by().values_list("from_stage").annotate(Sum("seconds_before"))
    stood = {stage_id: timedelta(seconds=seconds or 0) for stage_id, seconds in sums}
    now = max((deal.closed_at or clock.now()) - deal.stage_entered_at, timedelta())
    return {**stood, deal.stage_id: stood.get(deal.stage_id, timedelta()) + now}
