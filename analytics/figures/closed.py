"""What was won and lost in a period by the day that closed it, how long it took, and what came in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Avg, Case, Count, DateField, DurationField, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import TruncMonth

from analytics.figures.conversion import Converter, Figures, total
from analytics.figures.scope import Scope, counted
from analytics.periods import Period
from deals.models import CLOSED, Status

DAY = timedelta(days=1)
CYCLE = ExpressionWrapper(F("closed_at") - F("created_at"), output_field=DurationField())


def within(field: str, period: Period, scope: Scope) -> Q:
    return Q(**{f"{field}__range": period.span(scope.zone)})


def closed(scope: Scope, period: Period, convert: Converter) -> tuple[Figures, Figures]:
    """The period, and the one before: what was `won` and `lost`, the `win_rate` in percent, the `cycle` in days."""
    now, before = within("closed_at", period, scope), within("closed_at", period.before, scope)
    deals = scope.deals().filter(now | before, status__in=CLOSED)
    deals = deals.annotate(is_now=Case(When(now, then=Value(1)), default=Value(0)))
    rows = counted(deals, "status", "is_now", cycle=Avg(CYCLE))
    this, other = ([row for row in rows if row["is_now"] == is_now] for is_now in (1, 0))
    return _closed(this, convert), _closed(other, convert)


def _closed(rows: list[Any], convert: Converter) -> Figures:
    won_rows = [row for row in rows if row["status"] == Status.WON]
    won = total(won_rows, convert)
    lost = total([row for row in rows if row["status"] == Status.LOST], convert)
    both = won["count"] + lost["count"]
    days = sum(row["cycle"] / DAY * row["count"] for row in won_rows)
    return {
        "won": won,
        "lost": lost,
        "closed": both,
        "win_rate": won["count"] * 100 / both if both else None,
        "cycle": days / won["count"] if won["count"] else None,
    }


def arrived(scope: Scope, period: Period) -> tuple[int, int]:
    """How many deals were created in the period, and in the one before."""
    now, before = within("created_at", period, scope), within("created_at", period.before, scope)
    counts: dict[str, int] = (
        scope.deals().filter(now | before).aggregate(now=Count("id", filter=now), before=Count("id", filter=before))
    )
    return counts["now"], counts["before"]


def won_by_month(scope: Scope, period: Period, convert: Converter | None = None) -> list[Figures]:
    """What was won in each month of the period, by the organization's calendar; none is left out."""
    convert = convert or Converter(scope.by.organization)
    deals = scope.deals().filter(within("closed_at", period, scope), status=Status.WON)
    month = TruncMonth("closed_at", tzinfo=scope.zone, output_field=DateField())
    rows = counted(deals.annotate(month=month), "month")
    return [
        {"month": month.first, **total([row for row in rows if row["month"] == month.first], convert)}
        for month in period.months()
    ]
