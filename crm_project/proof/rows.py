"""What stands in the database, in the words of the API: what the checkers compare with what was acknowledged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from activities.models import Activity
from deals.models import Deal, StageChange

SHOWN = ("title", "amount", "status", "lost_reason", "expected_close_date", "owner_id", "version")


def deal_rows(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """These deals, as far as they are there, by id."""
    rows = Deal.objects.filter(pk__in=list(ids)).values("id", "external_id", "stage__slug", *SHOWN)
    return {row["id"]: in_words_of_the_api(row) for row in rows}


def in_words_of_the_api(row: dict[str, Any]) -> dict[str, Any]:
    day = row["expected_close_date"]
    return {
        **{name: value for name, value in row.items() if name != "stage__slug"},
        "stage": row["stage__slug"],
        "amount": f"{row['amount']:.2f}",
        "expected_close_date": day.isoformat() if day else None,
    }


def timelines(ids: Iterable[int]) -> dict[int, list[tuple[str, dict[str, Any]]]]:
    """What the timelines of these deals tell, in order, by the id of the deal."""
    told: dict[int, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    entries = Activity.objects.filter(deal__in=list(ids)).order_by("id")
    for deal_id, kind, payload in entries.values_list("deal_id", "type", "payload"):
        told[deal_id].append((kind, payload))
    return told


def stage_changes(ids: Iterable[int]) -> dict[int, list[str | None]]:
    """The stages that these deals moved to, in order, by the id of the deal."""
    moves: dict[int, list[str | None]] = defaultdict(list)
    for deal_id, slug in (
        StageChange.objects.filter(deal__in=list(ids)).order_by("id").values_list("deal_id", "to_stage__slug")
    ):
        moves[deal_id].append(slug)
    return moves
