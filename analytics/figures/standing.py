"""The open deals as they stand now: in sum, by stage, by owner."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from analytics.figures.conversion import Converter, Figures, total
from analytics.figures.scope import Scope, counted
from deals.models import CLOSED


def standing(scope: Scope) -> list[Any]:
    """How many open deals each owner has in each stage and currency: what all figures of this file are made of."""
    return counted(scope.deals().exclude(status__in=CLOSED), "stage", "owner")


def by_owner(scope: Scope, convert: Converter | None = None, rows: list[Any] | None = None) -> list[Figures]:
    """The open deals of each owner who has some; the greatest amount first."""
    convert = convert or Converter(scope.by.organization)
    rows = standing(scope) if rows is None else rows
    owners = [
        {"owner_id": number, **total([row for row in rows if row["owner"] == number], convert)}
        for number in {row["owner"] for row in rows}
    ]
    return sorted(owners, key=lambda owner: (-Decimal(owner["amount"]), -owner["count"], owner["owner_id"]))


def by_stage(rows: list[Any], convert: Converter) -> dict[int, Figures]:
    """The open deals of each stage that has some, by its id."""
    stages = {row["stage"] for row in rows}
    return {number: total([row for row in rows if row["stage"] == number], convert) for number in stages}
