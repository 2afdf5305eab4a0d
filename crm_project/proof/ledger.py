"""The ledger: every write that was acknowledged, kept outside of the database that may lose it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from crm_project.proof import history
from crm_project.proof.history import Change, Entry, State

CREATED, CHANGED, COMMENTED = "created", "changed", "commented"


@dataclass(frozen=True)
class Acknowledged:
    """What a caller was told that is done now."""

    deal: int
    did: str
    asked: State = field(default_factory=dict)
    shown: State = field(default_factory=dict)


class Ledger:
    """Appends to a file what is acknowledged, from many threads."""

    def __init__(self, path: Path):
        self.path, self._lock = path, Lock()
        self.entries: list[Acknowledged] = []
        self._file = path.open("a", encoding="utf-8")

    def write(self, entry: Acknowledged) -> None:
        with self._lock:
            self._file.write(json.dumps(vars(entry)) + "\n")
            self._file.flush()
            self.entries.append(entry)

    def close(self) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self.entries)


def read(path: Path) -> list[Acknowledged]:
    with path.open(encoding="utf-8") as lines:
        return [Acknowledged(**json.loads(line)) for line in lines]


def losses(ledger: Iterable[Acknowledged], rows: Mapping[int, State], told: Mapping[int, list[Entry]]) -> list[str]:
    """What was acknowledged and is not there, is there otherwise or twice, or has no or another timeline."""
    by_deal: dict[int, list[Acknowledged]] = defaultdict(list)
    for entry in ledger:
        by_deal[entry.deal].append(entry)
    wrong = [
        (pk, found) for pk, entries in by_deal.items() for found in _of_deal(entries, rows.get(pk), told.get(pk, []))
    ]
    wrong += [(pk, "made, but nobody was told") for pk in sorted(rows.keys() - by_deal.keys())]
    return [f"deal {pk}: {found}" for pk, found in wrong]


def _of_deal(entries: list[Acknowledged], stored: State | None, told: list[Entry]) -> list[str]:
    created = [entry for entry in entries if entry.did == CREATED]
    if len(created) != 1:
        return [f"acknowledged as created {len(created)} times"]
    changes = [Change(entry.asked, entry.shown) for entry in entries if entry.did == CHANGED]
    passed, wrong = history.states(created[0].shown, changes)
    comments = [entry.asked["text"] for entry in entries if entry.did == COMMENTED]
    return [*wrong, *history.lost(passed, stored), *_mistold(passed, comments, told)]


def _mistold(passed: list[State], comments: list[str], told: list[Entry]) -> list[str]:
    beginnings = sum(kind == "deal_created" for kind, _ in told)
    kept = sorted(payload["text"] for kind, payload in told if kind == "comment")
    wrong = [] if beginnings == 1 else [f"the timeline begins {beginnings} times"]
    wrong += [] if kept == sorted(comments) else [f"{len(comments)} comments were acknowledged, {len(kept)} are there"]
    return wrong + history.untold(passed, told)
