"""The open deals as they stand now, in sum, by stage, by owner; and what came in, whatever became of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from analytics.figures.conversion import Converter, Figures, total
from analytics.figures.scope import Scope, counted, within
from analytics.periods import Period
from deals.models import CLOSED


def standing(scope: Scope, period: Period) -> list[Any]:
    """All open deals, and those created in the period or the one before: what the figures of this file are made of."""
    now, before = within("created_at", period, scope), within("created_at", period.before, scope)
    deals = scope.deals().filter(~Q(status__in=CLOSED) | now | before)
    new = {"new": Count("id", filter=now), "new_before": Count("id", filter=before)}
    return counted(deals, "status", "stage", "owner", **new)


def still_open(rows: list[Any]) -> list[Any]:
    return [row for row in rows if row["status"] not in CLOSED]


def by_owner(rows: list[Any], convert: Converter) -> list[Figures]:
    """The open deals of each owner who has some; the greatest amount first."""
    owners = [
        {"owner_id": number, **total([row for row in rows if row["owner"] == number], convert)}
        for number in {row["owner"] for row in rows}
    ]
    return sorted(owners, key=lambda owner: (-Decimal(owner["amount"]), -owner["count"], owner["owner_id"]))


def by_stage(rows: list[Any], convert: Converter) -> dict[int, Figures]:
    """The open deals of each stage that has some, by its id."""
    stages = {row["stage"] for row in rows}
    return {number: total([row for row in rows if row["stage"] == number], convert) for number in stages}


def arrived(rows: list[Any]) -> Figures:
    """How many deals were created in the period, and what `became` of them by now."""
    counts = {status: sum(row["new"] for row in rows if row["status"] == status) for status in CLOSED}
    new = sum(row["new"] for row in rows)
    became = {str(status): count for status, count in counts.items()}
    return {"new": new, "became": {**became, "open": new - sum(became.values())}}
