"""What was won and lost in a period by the day that closed it, how long it took, and how it spreads over months."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Avg, Case, DateField, DurationField, ExpressionWrapper, F, Value, When
from django.db.models.functions import TruncMonth

from analytics.figures.conversion import Converter, Figures, total
from analytics.figures.scope import Scope, counted, within
from analytics.periods import Period
from deals.models import CLOSED, Status

DAY = timedelta(days=1)
CYCLE = ExpressionWrapper(F("closed_at") - F("created_at"), output_field=DurationField())
NOW, BEFORE, ELSE = 1, 2, 0


def closings(scope: Scope, period: Period, months: Period) -> list[Any]:
    """How many deals were closed: in the period, in the one before, or else in these months; month by month."""
    now, before = within("closed_at", period, scope), within("closed_at", period.before, scope)
    deals = scope.deals().filter(now | before | within("closed_at", months, scope), status__in=CLOSED)
    deals = deals.annotate(
        month=TruncMonth("closed_at", tzinfo=scope.zone, output_field=DateField()),
        when=Case(When(now, then=Value(NOW)), When(before, then=Value(BEFORE)), default=Value(ELSE)),
    )
    return counted(deals, "status", "month", "when", cycle=Avg(CYCLE))


def closed(rows: list[Any], when: int, convert: Converter) -> Figures:
    """What was `won` and `lost` in the period or the one before, the `win_rate` in percent, the `cycle` in days."""
    rows = [row for row in rows if row["when"] == when]
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


def won_by_month(rows: list[Any], months: Period, convert: Converter) -> list[Figures]:
    """What was won in each of these months, by the organization's calendar; none is left out."""
    won = [row for row in rows if row["status"] == Status.WON]
    return [
        {"month": month.first, **total([row for row in won if row["month"] == month.first], convert)}
        for month in months.months()
    ]
