"""The figures of the reports: pure queries, no cache. Money is added up per currency, then converted."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from django.db.models import Count, Max, Q

from deals.models import Deal, StageChange, Status
from deals.pipelines import Pipeline, Stage
from organizations.models import ExchangeRate, Membership, Organization
from organizations.tenancy.fields import Total

CENT = Decimal("0.01")
Figures = dict[str, Any]


class Converter:
    """Converts into the organization's base currency at its own rates of today, and remembers what has none."""

    def __init__(self, organization: Organization):
        self.base = organization.base_currency
        self.rates = {self.base: Decimal(1)}
        rates = ExchangeRate.objects.filter(organization=organization, valid_from__lte=organization.today())
        rates = rates.exclude(currency=self.base)
        for currency, rate in rates.order_by("valid_from").values_list("currency", "rate"):
            self.rates[currency] = rate
        self.unconverted: set[str] = set()

    def knows(self, currency: str) -> bool:
        if currency not in self.rates:
            self.unconverted.add(currency)
        return currency in self.rates

    def __call__(self, amount: Decimal, currency: str) -> Decimal:
        return amount * self.rates[currency] if self.knows(currency) else Decimal(0)


def last_change(by: Membership) -> datetime | None:
    """When a deal was changed last: one step in an index."""
    last: datetime | None = Deal.objects.for_membership(by).order_by().aggregate(last=Max("updated_at"))["last"]
    return last


def summary(by: Membership, *, days: int, now: datetime) -> Figures:
    """Counts and amounts by status, in the base currency and per currency; new deals of the last days."""
    deals = Deal.objects.for_membership(by).order_by()
    rows: list[Any] = list(
        deals.values("currency", "status").annotate(
            count=Count("id"),
            sum=Total("amount"),
            new=Count("id", filter=Q(created_at__gte=now - timedelta(days=days))),
        )
    )
    convert = Converter(by.organization)
    currencies = sorted({row["currency"] for row in rows})
    return {
        **_overview(rows, convert),
        "days": days,
        "currency": convert.base,
        "by_currency": {
            currency: _overview([row for row in rows if row["currency"] == currency], lambda amount, _: amount)
            for currency in currencies
        },
        "unconverted": sorted(convert.unconverted),
    }


def _overview(rows: list[Figures], convert: Any) -> Figures:
    counts = dict.fromkeys(Status.values, 0)
    amounts = dict.fromkeys(Status.values, Decimal(0))
    for row in rows:
        counts[row["status"]] += row["count"]
        amounts[row["status"]] += convert(row["sum"], row["currency"])
    return {
        "count_by_status": counts,
        "amount_by_status": {status: _money(amount) for status, amount in amounts.items()},
        "average_won_amount": _average(amounts[Status.WON], _convertible_won(rows, convert)),
        "new_deals_last_n_days": sum(row["new"] for row in rows),
        "total_deals": sum(counts.values()),
    }


def _convertible_won(rows: list[Figures], convert: Any) -> int:
    """An average is of the deals whose amount is in the sum."""
    won = [row for row in rows if row["status"] == Status.WON]
    return sum(row["count"] for row in won if not isinstance(convert, Converter) or convert.knows(row["currency"]))


def funnel(by: Membership, *, pipeline: Pipeline | None = None) -> Figures:
    """Where the deals of a pipeline (None: the default one) stand, and how far they ever came."""
    pipeline = pipeline or Pipeline.objects.for_membership(by).get(is_default=True)
    convert = Converter(by.organization)
    rows: list[Any] = list(
        Deal.objects.for_membership(by)
        .filter(stage__pipeline=pipeline)
        .order_by()
        .values("stage", "status", "currency")
        .annotate(count=Count("id"), sum=Total("amount"))
    )
    stages = list(Stage.objects.for_membership(by).filter(pipeline=pipeline))
    reached = _reached(by, stages)
    figures = [_of_stage(stage, rows, convert, reached[stage.pk]) for stage in stages]
    for before, figure in zip([None, *figures], figures, strict=False):
        figure["conversion_from_previous"] = _conversion(before, figure, "total")
        figure["conversion_reached"] = _conversion(before, figure, "reached")
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
        "amount": _money(sum((convert(row["sum"], row["currency"]) for row in here), Decimal(0))),
        "reached": reached,
    }


def _reached(by: Membership, stages: list[Stage]) -> dict[int, int]:
    """How many deals ever stood in each stage or a later one of its pipeline, each deal once."""
    if not stages:
        return {}
    moves = StageChange.objects.for_membership(by).filter(to_stage__in=[stage.pk for stage in stages])
    furthest = moves.order_by().values("deal").annotate(furthest=Max("to_stage__position"))
    counts = furthest.aggregate(
        **{f"stage_{stage.pk}": Count("deal", filter=Q(furthest__gte=stage.position)) for stage in stages}
    )
    return {stage.pk: counts[f"stage_{stage.pk}"] for stage in stages}


def _conversion(before: Figures | None, figure: Figures, name: str) -> float | None:
    """In percent of the stage before, to two places; None for the first and after an empty one."""
    if before is None or not before[name]:
        return None
    return float((Decimal(figure[name]) * 100 / before[name]).quantize(CENT, ROUND_HALF_UP))


def _average(amount: Decimal, count: int) -> str | None:
    return _money(amount / count) if count else None


def _money(amount: Decimal) -> str:
    return str(amount.quantize(CENT, ROUND_HALF_UP, Context(prec=60)))
