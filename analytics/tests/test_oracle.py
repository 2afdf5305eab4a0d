"""Random deals, counted by the database and by plain Python: both must say the same."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from zoneinfo import ZoneInfo

import pytest

from analytics import figures
from analytics.periods import Period
from contacts.tests.factories import ContactFactory
from deals.models import Deal, StageChange
from deals.pipelines import Pipeline, Stage
from organizations.models import ExchangeRate

RATES = {"EUR": Decimal(1), "USD": Decimal("0.9137"), "GBP": Decimal("1.1853")}  # none for JPY
PERIODS = [
    Period(date(2026, 3, 1), date(2026, 3, 31), step=1),
    Period(date(2026, 1, 1), date(2026, 3, 31), step=3),
    Period(date(2026, 3, 5), date(2026, 3, 29)),
    Period(date(2025, 4, 1), date(2026, 3, 31), step=12),
]


@pytest.fixture
def stages(owner):
    """Those of two pipelines."""
    partners = Pipeline(name="Partners").save_by(owner)
    for name in ("Talk", "Sign"):
        Stage(pipeline=partners, slug=name.lower(), name=name).save_by(owner)
    return list(Stage.objects.for_membership(owner).select_related("pipeline").order_by("pipeline", "position"))


def edge(random, zone):
    """A moment within two days of the end of a month."""
    year, month = random.choice([(2024, 12), (2025, 3), (2025, 12), (2026, 1), (2026, 2), (2026, 3), (2026, 4)])
    return datetime(year, month, 1, tzinfo=zone).astimezone(UTC) + timedelta(minutes=random.randint(-2880, 2880))


def invent(random, zone, stages, owners, contact):
    for _ in range(120):
        status = random.choice(["new", "in_progress", "won", "won", "lost"])
        created = edge(random, zone)
        way = random.sample(stages, random.randint(1, 3))
        deal = Deal(
            organization_id=contact.organization_id,
            contact=contact,
            owner=random.choice(owners).user,
            title="?",
            status=status,
            currency=random.choice(["EUR", "EUR", "USD", "GBP", "JPY"]),
            amount=Decimal(random.randint(1, 10**7)).scaleb(-2),
            stage=way[-1],
            stage_entered_at=created,
            created_at=created,
            closed_at=created + timedelta(minutes=random.randint(0, 10**5)) if status in ("won", "lost") else None,
        )
        deal.way = way
        yield deal


class Oracle:
    """The same figures, from a list of deals."""

    def __init__(self, deals, zone):
        self.deals, self.zone = deals, zone

    def day(self, moment):
        return moment.astimezone(self.zone).date()

    def closed(self, period, status):
        return [
            deal
            for deal in self.deals
            if deal.status == status and period.first <= self.day(deal.closed_at) <= period.last
        ]

    def total(self, deals):
        count, amounts = defaultdict(int), defaultdict(Decimal)
        for deal in deals:
            count[deal.currency] += 1
            amounts[deal.currency] += deal.amount
        return {
            "count": len(deals),
            "amount": self.cents(sum(amounts[code] * RATES.get(code, 0) for code in amounts)),
            "by_currency": {code: {"count": count[code], "amount": self.cents(amounts[code])} for code in amounts},
            "unconverted": ["JPY"] * ("JPY" in amounts),
        }

    def cents(self, amount):
        return str(Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP))

    def in_period(self, period):
        won, lost = self.closed(period, "won"), self.closed(period, "lost")
        days = [(deal.closed_at - deal.created_at) / timedelta(days=1) for deal in won]
        return {
            "won": self.total(won),
            "lost": self.total(lost),
            "closed": len(won) + len(lost),
            "win_rate": pytest.approx(100 * len(won) / len(won + lost)) if won + lost else None,
            "cycle": pytest.approx(sum(days) / len(days), abs=1e-6) if days else None,
            "new": len(self.created(period)),
        }

    def created(self, period):
        return [deal for deal in self.deals if period.first <= self.day(deal.created_at) <= period.last]

    def became(self, period):
        new = Counter(deal.status for deal in self.created(period))
        return {"won": new["won"], "lost": new["lost"], "open": new["new"] + new["in_progress"]}

    def open(self):
        return [deal for deal in self.deals if deal.status in ("new", "in_progress")]

    def owners(self):
        return {
            owner: self.total([deal for deal in self.open() if deal.owner_id == owner])
            for owner in {deal.owner_id for deal in self.open()}
        }

    def standing(self, stage):
        return self.total([deal for deal in self.open() if deal.stage == stage])

    def month(self, first):
        """With the same month of the year before."""
        year_before = first.replace(year=first.year - 1)
        return {"month": first, **self.won_in(first), "before": {"month": year_before, **self.won_in(year_before)}}

    def won_in(self, first):
        won = [deal for deal in self.deals if deal.status == "won"]
        return self.total([deal for deal in won if self.day(deal.closed_at).replace(day=1) == first])

    def reached(self, deals, stage):
        return len([deal for deal in deals if any(self.is_as_far(step, stage) for step in deal.way)])

    def is_as_far(self, step, stage):
        return step.pipeline_id == stage.pipeline_id and step.position >= stage.position


@pytest.fixture
def world(owner, member, stages):
    """`world(seed, time_zone)`: the deals of a made-up organization, stored and as a list."""

    def make(seed, time_zone):
        organization, zone = owner.organization, ZoneInfo(time_zone)
        organization.time_zone = time_zone
        organization.save_by(None)
        for currency, rate in RATES.items():
            if currency != "EUR":
                ExchangeRate(organization=organization, currency=currency, rate=rate).save_by(owner)
        deals = list(invent(Random(seed), zone, stages, [owner, member], ContactFactory(by=owner)))
        Deal.objects.bulk_create(deals)
        StageChange.objects.bulk_create(
            StageChange(organization=organization, deal=deal, to_stage=stage, at=deal.created_at)
            for deal in deals
            for stage in deal.way
        )
        return deals, zone

    return make


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("time_zone", ["Europe/Berlin", "Pacific/Auckland", "America/Sao_Paulo"])
def test_figures_are_those_of_plain_python(owner, member, stages, world, seed, time_zone):
    deals, zone = world(seed, time_zone)
    period, pipeline = PERIODS[seed], stages[0].pipeline_id
    funnel = [stage for stage in stages if stage.pipeline_id == pipeline]

    everything, theirs = Oracle(deals, zone), Oracle([deal for deal in deals if deal.owner_id == member.user_id], zone)
    here = Oracle([deal for deal in deals if deal.stage.pipeline_id == pipeline], zone)
    for scope, oracle, anywhere in [
        (figures.Scope(owner), everything, everything),
        (figures.Scope(owner, pipeline), here, everything),
        (figures.Scope(owner, None, member.user_id), theirs, theirs),
    ]:
        report = figures.report(scope, period, funnel)

        assert report["open"] == oracle.total(oracle.open())
        assert {owner.pop("owner_id"): owner for owner in report["owners"]} == oracle.owners()
        assert report["this"].pop("became") == oracle.became(period)
        assert (report["this"], report["before"]) == (oracle.in_period(period), oracle.in_period(period.before))
        assert report["months"] == [oracle.month(month["month"]) for month in report["months"]]
        assert [(stage["now"], stage["reached"]) for stage in report["stages"]] == [
            (oracle.standing(stage), oracle.reached(anywhere.created(period), stage)) for stage in funnel
        ]
