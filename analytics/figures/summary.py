"""How many deals there are of each status, and how much they are worth."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Sum

from analytics.figures.conversion import Converter, Figures, rates_of, rounded
from deals.models import Deal, Status
from deals.totals import DayTotal, DealTotal, summed, tallied
from organizations.models import Membership
from organizations.tenancy.kept import Kept, standing_in
from organizations.tenancy.together import together


def last_change(by: Membership) -> tuple[datetime, int] | None:
    """When a deal was changed last, a step in an index, and how many there are, which tells of one that went."""
    return next(iter(LAST_CHANGE.rows(by.organization_id)), None)


def _last_change(organization_id: int) -> QuerySet[Any]:
    here = standing_in(organization_id)
    latest = Deal.objects.for_membership(here).order_by("-updated_at", "-pk").values("updated_at")[:1]
    totals = DealTotal.objects.for_membership(here)
    return totals.order_by().values_list(Subquery(latest)).annotate(Sum("count"))


LAST_CHANGE = Kept(_last_change)


def summary(by: Membership, *, days: int, now: datetime) -> Figures:
    """Counts and amounts by status, in the base currency and per currency; new deals of the last days."""
    found = together(
        totals=summed(DealTotal.objects.for_membership(by), "status"),
        rates=rates_of(by.organization),
        **new_since(by, now - timedelta(days=days)),
    )
    rows = [tallied(row) for row in found["totals"]]
    convert = Converter(by.organization, found["rates"])
    new: Counter[str] = Counter()
    for row in found["first_day"] + found["later_days"]:
        new[row["currency"]] += row["number"]
    currencies = sorted({row["currency"] for row in rows})
    return {
        **_overview(rows, convert),
        "new_deals_last_n_days": sum(new.values()),
        "days": days,
        "currency": convert.base,
        "by_currency": {
            currency: {
                **_overview([row for row in rows if row["currency"] == currency], lambda amount, _: amount),
                "new_deals_last_n_days": new[currency],
            }
            for currency in currencies
        },
        "unconverted": sorted(convert.unconverted),
    }


def new_since(by: Membership, since: datetime) -> dict[str, QuerySet[Any]]:
    """How many deals of each currency were created since: counted on the first day, from the totals on all others."""
    midnight = datetime.combine(since.date() + timedelta(days=1), time.min, UTC)
    first = Deal.objects.for_membership(by).filter(created_at__gte=since, created_at__lt=midnight)
    later = DayTotal.objects.for_membership(by).filter(day__gte=midnight.date())
    return {
        "first_day": first.order_by().values("currency").annotate(number=Count("pk")),
        "later_days": later.values("currency").annotate(number=Sum("count")),
    }


def _overview(rows: list[Figures], convert: Any) -> Figures:
    counts = dict.fromkeys(Status.values, 0)
    amounts = dict.fromkeys(Status.values, Decimal(0))
    for row in rows:
        counts[row["status"]] += row["count"]
        amounts[row["status"]] += convert(row["sum"], row["currency"])
    return {
        "count_by_status": counts,
        "amount_by_status": {status: rounded(amount) for status, amount in amounts.items()},
        "average_won_amount": _average(amounts[Status.WON], _convertible_won(rows, convert)),
        "total_deals": sum(counts.values()),
    }


def _convertible_won(rows: list[Figures], convert: Any) -> int:
    """An average is of the deals whose amount is in the sum."""
    won = [row for row in rows if row["status"] == Status.WON]
    return sum(row["count"] for row in won if not isinstance(convert, Converter) or convert.knows(row["currency"]))


def _average(amount: Decimal, count: int) -> str | None:
    return rounded(amount / count) if count else None
