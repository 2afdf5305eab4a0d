"""What one member should know today: pure queries, a few for all of it. Money is never added across currencies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When

from activities.models import Activity
from activities.reading import Entry, entries
from analytics.figures.conversion import Converter
from contacts.models import Contact
from deals.models import Deal, Status
from deals.pipelines import Stage
from organizations.models import Membership
from organizations.tenancy import clock
from organizations.tenancy.fields import Total
from tasks.models import Task

TASKS, DEALS, ENTRIES = 20, 10, 8


def my_tasks(by: Membership) -> list[Any]:
    """What I have to do today, what is late first; each knows how many they are in `of`."""
    tasks = Task.objects.for_membership(by).open().filter(assignee=by.user_id, due_date__lte=by.organization.today())
    number = tasks.order_by().values("organization").annotate(number=Count("pk")).values("number")
    shown = tasks.select_related("deal__company", "deal__contact", "assignee").by_due()
    return list(shown.annotate(of=Subquery(number))[:TASKS])


def stages_of(by: Membership) -> dict[int, Stage]:
    """All stages of the organization, in the order of their pipelines."""
    stages = Stage.objects.for_membership(by).counted()
    return {stage.pk: stage for stage in stages.order_by("-pipeline__is_default", "pipeline", "position")}


def needing_attention(by: Membership, stages: dict[int, Stage]) -> list[Deal]:
    """My open deals that stand still, the worst first: those with most reasons, then the longest due.

    Each knows its reasons (`stepless`, `late`, `stuck`), its `days` in the stage, and in `of` how many such deals
    there are.
    """
    # One step of each, for PostgreSQL would answer whether there is any from a table of all open tasks that it makes.
    step = Subquery(Task.objects.for_membership(by).open().filter(deal=OuterRef("pk")).values("pk")[:1])
    reasons = {
        "late": Q(expected_close_date__lt=by.organization.today()),
        "stuck": _too_long(stages.values()),
        "stepless": Q(step=None),
    }
    deals = Deal.objects.for_membership(by).open().filter(owner=by.user_id).annotate(step=step)
    deals = deals.annotate(**{name: Case(When(reason, then=1), default=0) for name, reason in reasons.items()})
    worst: Any = deals.filter(reduce(or_, reasons.values())).annotate(weight=F("stepless") + F("late") + F("stuck"))
    worst = worst.order_by("-weight", F("expected_close_date").asc(nulls_last=True), "stage_entered_at", "pk")
    ids = list(worst.values_list("pk", flat=True))
    found: Any = deals.select_related("company", "contact").in_bulk(ids[:DEALS])
    for deal in found.values():
        deal.stage, deal.days, deal.of = stages[deal.stage_id], (clock.now() - deal.stage_entered_at).days, len(ids)
    return [found[pk] for pk in ids[:DEALS] if pk in found]  # one may have been closed meanwhile


def _too_long(stages: Iterable[Stage]) -> Q:
    """Deals that have been in their stage for more days than are expected there."""
    now, late = clock.now(), Q(pk__in=[])
    for stage in stages:
        if stage.expected_days is not None:
            late |= Q(stage=stage.pk, stage_entered_at__lt=now - timedelta(stage.expected_days))
    return late


def recent_activity(by: Membership) -> list[Entry]:
    activities = Activity.objects.for_membership(by).select_related("author", "deal__stage")
    return entries(list(activities.order_by("-created_at", "-pk")[:ENTRIES]), by)


def beginnings(by: Membership) -> Any:
    """What a new organization, where nothing happened yet that a timeline tells of, has done already."""
    contacts, deals = Contact.objects.for_membership(by), Deal.objects.for_membership(by)
    colleagues = Membership.objects.for_membership(by).exclude(pk=by.pk)
    steps = {"contacts": Exists(contacts), "deals": Exists(deals), "colleagues": Exists(colleagues)}
    return Membership.objects.for_membership(by).filter(pk=by.pk).values(**steps).get()


@dataclass
class Share:
    """The open deals of one stage in one currency, and the part of the bar that they fill, in percent."""

    stage: Stage
    count: int
    amount: Decimal
    start: float = 0
    width: float = 0


@dataclass
class Purse:
    """All amounts of one currency."""

    currency: str
    shares: list[Share] = field(default_factory=list)
    won: Decimal = Decimal(0)

    @property
    def amount(self) -> Decimal:
        return sum((share.amount for share in self.shares), Decimal(0))

    @property
    def count(self) -> int:
        return sum(share.count for share in self.shares)

    def measure(self) -> None:
        start, whole = 0.0, self.amount
        for share in self.shares:
            share.start, share.width = start, float(round(100 * share.amount / whole, 2)) if whole else 0
            start += share.width


@dataclass
class Pipeline:
    """My open deals and what I won this month, currency by currency; together only where all rates are known."""

    purses: list[Purse]
    base: str
    total: Decimal | None

    @property
    def open(self) -> list[Purse]:
        return [purse for purse in self.purses if purse.shares]

    @property
    def won(self) -> list[Purse]:
        return [purse for purse in self.purses if purse.won]

    @property
    def count(self) -> int:
        return sum(purse.count for purse in self.purses)


def my_pipeline(by: Membership, stages: dict[int, Stage]) -> Pipeline:
    won = Q(status=Status.WON, closed_at__gte=_month_began(by))
    deals = Deal.objects.for_membership(by).filter(owner=by.user_id).filter(won | Q(closed_at=None))
    is_won = Case(When(status=Status.WON, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows: list[Any] = list(
        deals.order_by().values("currency", "stage", is_won=is_won).annotate(count=Count("pk"), sum=Total("amount"))
    )
    convert = Converter(by.organization)
    purses = sorted(_purses(rows, stages), key=lambda purse: (purse.currency != convert.base, purse.currency))
    total = sum((convert(purse.amount, purse.currency) for purse in purses if purse.shares), Decimal(0))
    return Pipeline(purses, convert.base, None if convert.unconverted else total)


def _purses(rows: list[Any], stages: dict[int, Stage]) -> Iterable[Purse]:
    places = {pk: place for place, pk in enumerate(stages)}
    purses: dict[str, Purse] = {}
    for row in sorted(rows, key=lambda row: places[row["stage"]]):
        purse = purses.setdefault(row["currency"], Purse(row["currency"]))
        if row["is_won"]:
            purse.won += row["sum"]
        else:
            purse.shares.append(Share(stages[row["stage"]], row["count"], row["sum"]))
    for purse in purses.values():
        purse.measure()
    return purses.values()


def _month_began(by: Membership) -> datetime:
    first: date = by.organization.today().replace(day=1)
    return datetime.combine(first, time.min, ZoneInfo(by.organization.time_zone))
