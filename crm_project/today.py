"""What one member should know today: pure queries, a few for all of it. Money is never added across currencies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists

from activities.reading import Entry, entries
from analytics.figures.conversion import Converter
from contacts.models import Contact
from crm_project.asked_today import LATEST, MY_PARTS, MY_TASKS, STAGES, STANDING_STILL, THESE_DEALS
from deals.models import Deal
from deals.pipelines import Stage
from organizations.models import Membership
from organizations.tenancy import clock

DEALS = 10


def my_tasks(by: Membership) -> list[Any]:
    """What I have to do today, what is late first; each knows how many they are in `of`."""
    return MY_TASKS.rows(by.organization_id, by.user_id, by.organization.today())


def stages_of(by: Membership) -> dict[int, Stage]:
    """All stages of the organization, in the order of their pipelines."""
    return {stage.pk: stage for stage in STAGES.rows(by.organization_id)}


def needing_attention(by: Membership, stages: dict[int, Stage]) -> list[Deal]:
    """My open deals that stand still, the worst first: those with most reasons, then the longest due.

    Each knows its reasons (`stepless`, `late`, `stuck`), its `days` in the stage, and in `of` how many such deals
    there are.
    """
    now, expected = clock.now(), {pk: stage.expected_days for pk, stage in stages.items()}
    waits = [(pk, now - timedelta(days)) for pk, days in expected.items() if days is not None]
    worst = STANDING_STILL.rows(by.organization_id, by.user_id, by.organization.today(), *chain.from_iterable(waits))
    found = _these_deals(by, [pk for pk, *_ in worst[:DEALS]])
    still_there = [(found[pk], *reasons) for pk, *reasons in worst[:DEALS] if pk in found]  # one may be closed by now
    for deal, late, stuck, stepless in still_there:
        deal.late, deal.stuck, deal.stepless, deal.of = late, stuck, stepless, len(worst)
        deal.stage, deal.days = stages[deal.stage_id], (now - deal.stage_entered_at).days
    return [deal for deal, *_ in still_there]


def _these_deals(by: Membership, ids: list[int]) -> dict[int, Any]:
    return {deal.pk: deal for deal in THESE_DEALS.rows(by.organization_id, by.user_id, *ids)} if ids else {}


def recent_activity(by: Membership) -> list[Entry]:
    return entries(LATEST.rows(by.organization_id), by)


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
    rows = MY_PARTS.rows(by.organization_id, by.user_id, _month_began(by))
    convert = Converter(by.organization)
    purses = sorted(_purses(rows, stages), key=lambda purse: (purse.currency != convert.base, purse.currency))
    total = sum((convert(purse.amount, purse.currency) for purse in purses if purse.shares), Decimal(0))
    return Pipeline(purses, convert.base, None if convert.unconverted else total)


def _purses(rows: list[tuple[Any, ...]], stages: dict[int, Stage]) -> Iterable[Purse]:
    places = {pk: place for place, pk in enumerate(stages)}
    purses: dict[str, Purse] = {}
    for stage, currency, is_won, count, amount in sorted(rows, key=lambda row: places[row[0]]):
        purse = purses.setdefault(currency, Purse(currency))
        if is_won:
            purse.won += amount
        else:
            purse.shares.append(Share(stages[stage], count, amount))
    for purse in purses.values():
        purse.measure()
    return purses.values()


def _month_began(by: Membership) -> datetime:
    first: date = by.organization.today().replace(day=1)
    return datetime.combine(first, time.min, ZoneInfo(by.organization.time_zone))
