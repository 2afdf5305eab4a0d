"""Races: many callers do what must not be done twice, at the same moment, and the rows are looked at afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier

from crm_project.proof.calls import Answer, Line, Request, Unanswered
from crm_project.proof.people import Team

WIDTH = 16
Verdict = Callable[[list[Answer]], list[str]]


@dataclass(frozen=True)
class Round:
    """What is sent at once, and what must hold of the answers and the rows afterwards."""

    requests: Sequence[Request]
    violations: Verdict


@dataclass(frozen=True)
class Hazard:
    name: str
    mechanism: str  # what keeps it from happening
    begin: Callable[[Team], Round]


@dataclass
class Tally:
    """What became of the rounds of one hazard."""

    rounds: int = 0
    requests: int = 0
    acknowledged: int = 0
    busy: int = 0
    violations: list[str] = field(default_factory=list)


def run(hazard: Hazard, team: Team, lines: Sequence[Line], rounds: int) -> Tally:
    tally = Tally()
    for number in range(1, rounds + 1):
        prepared = hazard.begin(team)
        answers = at_once(prepared.requests, lines)
        found = failures(answers) or prepared.violations([answer for answer in answers if answer])
        tally.rounds += 1
        tally.requests += len(answers)
        tally.acknowledged += sum(bool(answer and answer.is_done) for answer in answers)
        tally.busy += sum(bool(answer and answer.is_busy) for answer in answers)
        tally.violations += [f"{hazard.name}, round {number}: {violation}" for violation in found]
    return tally


def at_once(requests: Sequence[Request], lines: Sequence[Line]) -> list[Answer | None]:
    """The answers in the order of the requests; None where the connection broke."""
    start = Barrier(len(requests), timeout=60)

    def send(line: Line, request: Request) -> Answer | None:
        start.wait()
        try:
            return line.send(request)
        except Unanswered:
            return None

    with ThreadPoolExecutor(len(requests)) as threads:
        return list(threads.map(send, lines, requests))


def failures(answers: Sequence[Answer | None]) -> list[str]:
    """Answers that are never right: none at all, or a failure of ours."""
    found = ["no answer" for answer in answers if answer is None]
    return found + [
        f"answered {answer}" for answer in answers if answer and answer.status >= 500 and not answer.is_busy
    ]


def statuses(answers: Sequence[Answer], *, done: int | tuple[int, int], refused: set[int]) -> list[str]:
    """So many were done (or between so many), all others were refused in a known way or were asked to come back."""
    least, most = (done, done) if isinstance(done, int) else done
    count = sum(answer.is_done for answer in answers)
    wrong = [] if least <= count <= most else [f"{count} were done, not {least} to {most}"]
    others = [answer for answer in answers if not answer.is_done and not answer.is_busy]
    return wrong + [f"refused with {answer}" for answer in others if answer.status not in refused]
