"""Whether an attempt told a stranger anything, or changed anything of the other's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crm_project.proof.isolation.attempts.targets import Attempt
from crm_project.proof.isolation.scratch import open_cache
from crm_project.proof.isolation.visits import Answer, Undone, Visitors, undone
from crm_project.proof.isolation.world import Place

LOST = "Their rows changed in {}."


@dataclass
class Judge:
    """Knows the other organization as it is before anybody tries anything."""

    visitors: Visitors
    theirs: Place
    never: dict[tuple[object, ...], Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows, self.entries = self.theirs.rows(), open_cache().entries()
        self.ids = frozenset(pk for ids in self.theirs.ids().values() for pk in ids)

    def judge(self, attempt: Attempt) -> list[str]:
        """What is wrong with the answer; empty where it is that for what never existed."""
        with undone() as change:
            answer = self.answer(attempt, attempt.theirs)
            change.commit()
            wrong = [*self._told(answer), *self._changed(change)]
        if answer != self._as_if_never(attempt) and answer != self._never(attempt):
            wrong.append(f"Answers otherwise than for what never existed: {_difference(answer, self._never(attempt))}")
        return wrong

    def answer(self, attempt: Attempt, asked: str) -> Answer:
        return Answer.of(self.visitors.send(attempt.who, attempt.ask(asked)), asked, self.ids)

    def _as_if_never(self, attempt: Attempt) -> Answer:
        """Asked once for all that is theirs."""
        key = (attempt.place, attempt.route, attempt.who, str(attempt.ask(attempt.never)))
        if key not in self.never:
            self.never[key] = self._never(attempt)
        return self.never[key]

    def _never(self, attempt: Attempt) -> Answer:
        with undone():
            return self.answer(attempt, attempt.never)

    def _told(self, answer: Answer) -> Iterator[str]:
        if answer.status >= 500:
            yield f"Answers {answer.status}."
        if self.theirs.word.lower() in answer.body.lower():
            yield "Their words are in the answer."
        if found := [pk for pk in self.ids if str(pk) in answer.body]:
            yield f"Their ids are in the answer: {found[:3]}."

    def _changed(self, change: Undone) -> Iterator[str]:
        if change.wrote:
            yield from (LOST.format(model._meta.label) for model in _differing(self.rows, self.theirs.rows()))
        now = open_cache().entries()
        if any(now.get(key) != entry for key, entry in self.entries.items()):
            yield "Their cache entries changed."

    def after_all(self) -> list[str]:
        """The same once more at the end, when everything is undone."""
        return [LOST.format(model._meta.label) for model in _differing(self.rows, self.theirs.rows())]


def _differing(before: dict[Any, Any], now: dict[Any, Any]) -> list[Any]:
    return [model for model in before if before[model] != now[model]]


def _difference(one: Answer, other: Answer) -> str:
    if one.status != other.status:
        return f"{one.status}, not {other.status}."
    lines = zip(one.body.splitlines(), other.body.splitlines(), strict=False)
    headers = zip(one.headers, other.headers, strict=False)
    first = next((pair for pair in (*lines, *headers) if pair[0] != pair[1]), (one.body[-300:], other.body[-300:]))
    return " / ".join(str(text).strip()[:300] for text in first)
