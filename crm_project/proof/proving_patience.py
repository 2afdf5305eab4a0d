"""The proof of patience: callers who never finish, and bodies without end, do not keep the others from being served."""

from __future__ import annotations

import time

from crm_project.proof.calls import Line, Request, Unanswered
from crm_project.proof.people import Team
from crm_project.proof.server import APPLICATION, Server
from crm_project.proof.slow_clients import SlowClients, send_without_end
from crm_project.proof.verdict import Verdict

THREADS, SLOW = 8, 32  # four times as many as there are threads for them
GIANTS = 3  # of which one may be cut off before it hears why
MOST_TAKEN = 4_000_000  # bytes: what lies in the buffers of both sides before a refusal is heard


def prove(*, rounds: int = 3, application: str = APPLICATION) -> Verdict:
    person, waits = Team(1).people[0], []
    violations: list[str] = []
    with Server(application=application, threads=THREADS) as server:
        for _ in range(rounds):
            with SlowClients(server.port, SLOW):
                waits.append(_wait_of(Line(server.port), person.ask("GET", "/deals"), violations))
        giants = [send_without_end(server.port) for _ in range(GIANTS)]
    violations += [f"a giant body was answered {status}" for status, _ in giants if status not in (413, 0)]
    violations += [] if any(status == 413 for status, _ in giants) else ["a giant body was never answered 413"]
    violations += [f"{taken} bytes of a giant body were taken" for _, taken in giants if taken > MOST_TAKEN]
    return Verdict(
        {
            "slow callers at once": SLOW,
            "threads": THREADS,
            "slowest answer beside them in seconds": round(max(waits), 2),
            "giant bodies": len(giants),
            "most bytes taken of one": max(taken for _, taken in giants),
        },
        violations,
    )


def _wait_of(line: Line, request: Request, violations: list[str]) -> float:
    start = time.monotonic()
    try:
        answer = line.send(request)
        if not answer.is_done:
            violations.append(f"beside slow callers one was answered {answer}")
    except Unanswered as error:
        violations.append(f"beside slow callers one was not answered: {error}")
    line.close()
    return time.monotonic() - start
