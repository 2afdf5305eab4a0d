"""The proof of a cache that goes: Redis stops under load; answers get slower, never wrong, and none fails."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm_project.proof.calls import Line
from crm_project.proof.ledger import Ledger
from crm_project.proof.people import Person, Team
from crm_project.proof.proving_kills import what_was_lost
from crm_project.proof.server import APPLICATION, Server
from crm_project.proof.services import Redis
from crm_project.proof.verdict import Verdict
from crm_project.proof.watchers import Watcher
from crm_project.proof.writers import Crew
from deals.models import Deal, Status

WRITERS, PROCESSES = 4, "2"
LOOKS = 5  # figures that are compared in each state of the cache, each after a write


def prove(*, rounds: int = 6, application: str = APPLICATION) -> Verdict:
    team, quiet = Team(WRITERS), Team(1)
    person, wrong = quiet.people[0], []
    taken: dict[bool, list[float]] = {True: [], False: []}
    with tempfile.TemporaryDirectory() as folder, Redis(Path(folder)) as redis:
        server = Server(application=application, CACHE_URL=redis.url, WEB_CONCURRENCY=PROCESSES)
        ledger, line = Ledger(Path(folder) / "ledger.jsonl"), Line(server.port)
        page = Watcher(team.people[0].look("/analytics/"), server.port)
        with server, Crew(team.people, team.contact.pk, server.port, ledger) as crew, page:
            for _ in range(rounds):
                for is_there in (True, False):
                    wrong += compare(quiet, person, line, taken[is_there])
                    (redis.stop if is_there else redis.start)()
            crew.wait_for(1)
        ledger.close()
    violations = [*crew.strange(), *page.wrong, *wrong, *what_was_lost(team, ledger)]
    if unanswered := crew.met()["unanswered"]:
        violations.append(f"{unanswered} writes had no answer")
    return Verdict(_figures(rounds, ledger, crew, taken), violations)


def _figures(rounds: int, ledger: Ledger, crew: Crew, taken: dict[bool, list[float]]) -> dict[str, int | float | str]:
    return {
        "stops of Redis": rounds,
        "acknowledged": len(ledger),
        "writes answered 503": crew.met()["503"],
        "figures compared with a recount": sum(map(len, taken.values())),
        "slowest figures with Redis in seconds": round(max(taken[True]), 2),
        "slowest figures without in seconds": round(max(taken[False]), 2),
    }


def compare(quiet: Team, person: Person, line: Line, taken: list[float]) -> list[str]:
    """Change something, ask for the figures at once, in whichever process, and count anew what they should be."""
    wrong = []
    for number in range(LOOKS):
        body = {"contact_id": quiet.contact.pk, "title": "Roof", "amount": f"{number + 1}.00"}
        made = line.send(person.ask("POST", "/deals", body))
        start = time.monotonic()
        answer = line.send(person.ask("GET", "/analytics/deals/summary"))
        taken.append(time.monotonic() - start)
        if not (made.is_done and answer.is_done):
            wrong.append(f"figures answered {answer}, the write before {made}")
            continue
        wrong += differences(answer.json, recount(quiet))
        line.close()  # the next one may meet another process
    return wrong


def recount(team: Team) -> dict[str, Any]:
    rows = list(Deal.objects.for_membership(team.owner).values_list("status", "amount"))
    counts, amounts = Counter(status for status, _ in rows), dict.fromkeys(Status.values, Decimal())
    for status, amount in rows:
        amounts[status] += amount
    return {
        "total_deals": len(rows),
        "count_by_status": {status: counts[status] for status in Status.values},
        "amount_by_status": {status: f"{amount:.2f}" for status, amount in amounts.items()},
    }


def differences(shown: dict[str, Any], counted: dict[str, Any]) -> list[str]:
    return [
        f"{name} was shown as {shown[name]}, it is {value}" for name, value in counted.items() if shown[name] != value
    ]
