"""The questions behind what is up today, made once: see `organizations/tenancy/kept.py`. Each asks about one member."""

from __future__ import annotations

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When

from activities.models import Activity
from deals.models import Deal, Status
from deals.pipelines import Stage
from organizations.tenancy.fields import Total
from organizations.tenancy.kept import Kept, standing_in
from tasks.models import Task

TASKS, ENTRIES = 20, 8
NEVER = Q(pk__in=[])


def _tasks(organization_id: int, user_id: int, day: date) -> Any:
    mine = Task.objects.for_membership(standing_in(organization_id)).open().filter(assignee=user_id, due_date__lte=day)
    number = mine.order_by().values("organization").annotate(number=Count("pk")).values("number")
    shown = mine.select_related("deal__company", "deal__contact", "assignee").by_due()
    return shown.annotate(of=Subquery(number))[:TASKS]


def _stages(organization_id: int) -> Any:
    stages = Stage.objects.for_membership(standing_in(organization_id)).counted()
    return stages.order_by("-pipeline__is_default", "pipeline", "position")


def _still(organization_id: int, user_id: int, day: date, *waits: Any) -> Any:
    """`waits` are stages, and behind each the moment since when a deal has been there for too long."""
    here = standing_in(organization_id)
    # One step of each, for PostgreSQL would answer whether there is any from a table of all open tasks that it makes.
    step = Subquery(Task.objects.for_membership(here).open().filter(deal=OuterRef("pk")).values("pk")[:1])
    too_long = zip(waits[::2], waits[1::2], strict=True)
    stuck = reduce(or_, [Q(stage=stage, stage_entered_at__lt=since) for stage, since in too_long], NEVER)
    reasons = {"late": Q(expected_close_date__lt=day), "stuck": stuck, "stepless": Q(step=None)}
    deals = Deal.objects.for_membership(here).open().filter(owner=user_id).annotate(step=step)
    deals = deals.annotate(**{name: Case(When(reason, then=1), default=0) for name, reason in reasons.items()})
    worst: Any = deals.filter(reduce(or_, reasons.values())).annotate(weight=F("stepless") + F("late") + F("stuck"))
    worst = worst.order_by("-weight", F("expected_close_date").asc(nulls_last=True), "stage_entered_at", "pk")
    return worst.values_list("pk", *reasons)


def _deals(organization_id: int, user_id: int, *ids: int) -> Any:
    """Those that are still open and this member's."""
    deals = Deal.objects.for_membership(standing_in(organization_id)).open().filter(owner=user_id, pk__in=ids)
    return deals.select_related("company", "contact")


def _activities(organization_id: int) -> Any:
    activities = Activity.objects.for_membership(standing_in(organization_id)).select_related("author", "deal__stage")
    return activities.order_by("-created_at", "-pk")[:ENTRIES]


def _parts(organization_id: int, user_id: int, month_began: datetime) -> Any:
    won = Q(status=Status.WON, closed_at__gte=month_began)
    deals = Deal.objects.for_membership(standing_in(organization_id)).filter(owner=user_id)
    is_won = Case(When(status=Status.WON, then=Value(1)), default=Value(0), output_field=IntegerField())
    parts = deals.filter(won | Q(closed_at=None)).order_by().values_list("stage", "currency", is_won)
    return parts.annotate(count=Count("pk"), sum=Total("amount"))


MY_TASKS, MY_PARTS, STANDING_STILL = (Kept(make, depends=True) for make in (_tasks, _parts, _still))
STAGES, THESE_DEALS, LATEST = Kept(_stages), Kept(_deals), Kept(_activities)
