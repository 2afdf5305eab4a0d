"""What was tried and what came of it, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from crm_project.proof.isolation.attempts.targets import Attempt

MOST_SHOWN = 40
PLACES = {
    "foreign ids in paths": ("path",),
    "foreign names in paths": ("slug",),
    "foreign ids in bodies": ("body",),
    "foreign ids in forms": ("form",),
    "foreign ids in queries": ("query", "cursor"),
    "foreign headers": ("organization header", "If-Match", "If-None-Match", "Idempotency-Key"),
    "statements without a filter": ("SQL without a filter",),
}


@dataclass
class Verdict:
    tried: Counter[str] = field(default_factory=Counter)  # by place
    leaks: list[str] = field(default_factory=list)
    uncovered: dict[str, str] = field(default_factory=dict)  # route: why
    covered: set[str] = field(default_factory=set)
    expected: set[str] = field(default_factory=set)
    unproved: list[str] = field(default_factory=list)
    seconds: float = 0
    began: Any = field(default_factory=timezone.now)

    def add(self, attempt: Attempt, wrong: list[str]) -> None:
        self.tried[attempt.place] += 1
        self.covered.add(attempt.route)
        where = f"{attempt.route} as {attempt.who}, {attempt.place} {attempt.theirs}"
        self.leaks += [f"{where}: {sentence}" for sentence in wrong]

    def add_presence(self, differences: dict[str, bool]) -> None:
        self.tried["alone and not alone"] = len(differences)
        self.leaks += [
            f"{where}: differs once the other is there." for where, differs in differences.items() if differs
        ]

    def add_sql(self, tried: int, wrong: list[str]) -> None:
        self.tried["SQL without a filter"] = tried
        self.leaks += wrong

    def finish(self, changed: list[str], empty: list[str], expected: set[str]) -> None:
        self.leaks += changed
        self.expected = expected
        self.unproved = [f"{label}: the proof's world has no row of it." for label in empty]
        self.uncovered |= dict.fromkeys(sorted(expected - self.covered), "Nothing was tried there.")
        self.seconds = (timezone.now() - self.began).total_seconds()

    @property
    def holds(self) -> bool:
        return not (self.leaks or self.uncovered or self.unproved)

    def counts(self) -> dict[str, int]:
        tried = {name: sum(self.tried[place] for place in places) for name, places in PLACES.items()}
        return {**tried, "leaks": len(self.leaks), "routes": len(self.expected), "not covered": len(self.uncovered)}

    def wrong(self) -> list[str]:
        return [*self.leaks, *(f"{name}: {why}" for name, why in self.uncovered.items()), *self.unproved]

    def figures(self) -> dict[str, Any]:
        return {
            "proof": "isolation",
            "date": self.began.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 1),
            "tried": dict(self.tried),
            "routes": len(self.expected),
            "routes_covered": len(self.expected & self.covered),
            "leaks": self.leaks,
            "uncovered": self.uncovered,
            "unproved": self.unproved,
            "holds": self.holds,
        }

    def lines(self) -> Iterator[str]:
        for place, count in self.tried.items():
            yield f"{count:>7,}  {place}"
        yield f"{len(self.expected & self.covered):>7,}  of {len(self.expected):,} routes and verbs"
        wrong = self.wrong()
        yield from wrong[:MOST_SHOWN]
        if len(wrong) > MOST_SHOWN:
            yield f"... and {len(wrong) - MOST_SHOWN} more."
        day = f"{self.began:%Y-%m-%d %H:%M} UTC, {self.seconds:.0f} s"
        yield f"{'Isolated' if self.holds else 'NOT ISOLATED'} ({day})"
