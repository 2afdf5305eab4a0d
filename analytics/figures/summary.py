"""How many deals there are of each status, and how much they are worth."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Sum

from analytics.figures.conversion import Converter, Figures, of_rates, rates_of, rounded
from deals.models import Deal, Status
from deals.totals import DayTotal, DealTotal, summed, tallied
from organizations.models import Membership
from organizations.tenancy.kept import Kept, standing_in
from organizations.tenancy.together import Together


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
    since = now - timedelta(days=days)
    midnight = datetime.combine(since.date() + timedelta(days=1), time.min, UTC)
    found = ASKED.rows(*of_rates(by.organization), since, midnight, midnight.date())
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


def _asked(
    organization_id: int, base: str, today: date, since: datetime, midnight: datetime, day: date
) -> dict[str, Any]:
    """New deals are counted until midnight, and from the next day on by the totals."""
    here = standing_in(organization_id)
    first = Deal.objects.for_membership(here).filter(created_at__gte=since, created_at__lt=midnight)
    later = DayTotal.objects.for_membership(here).filter(day__gte=day)
    return {
        "totals": summed(DealTotal.objects.for_membership(here), "status"),
        "rates": rates_of(organization_id, base, today),
        "first_day": first.order_by().values("currency").annotate(number=Count("pk")),
        "later_days": later.values("currency").annotate(number=Sum("count")),
    }


ASKED = Together(_asked)


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
