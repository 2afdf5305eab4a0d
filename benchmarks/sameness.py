"""Looks before anything is measured whether both servers answer the same: else their times say nothing."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.parties import Visited, Wrong

LISTS = (
    "first page",
    "first by cursor",
    "of one status",
    "filtered",
    "searched",
    "rare search",
    "deep page",
    "deep by cursor",
    "last page",
    "last by cursor",
)
LOOKS = 3  # at each, for callers and words differ from one request to the next


def compare(ours: Visited, theirs: Visited) -> None:
    """Raises Wrong where a list has other rows, or a deal other values."""
    for scenario in LISTS:
        for _look in range(LOOKS):
            _expect_same(scenario, *[_rows(json.loads(visited.answer(scenario))) for visited in (ours, theirs)])
    for _look in range(LOOKS):
        mine, other = [json.loads(visited.answer("detail")) for visited in (ours, theirs)]
        _expect_same("detail", mine, other)
    print(f"The same rows in {len(LISTS)} lists of ours and of the baseline, and the same deals.", flush=True)


def _rows(page: dict[str, Any]) -> list[int]:
    return [row["id"] for row in page["results"]]


def _expect_same(scenario: str, mine: Any, other: Any) -> None:
    if mine != other:
        raise Wrong(f"Ours and the baseline answer {scenario!r} otherwise:\n{mine}\n{other}")
