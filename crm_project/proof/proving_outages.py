"""The proof of outages: PostgreSQL is stopped and started again under load; who asks in the gap is told so."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from django.db import connections

from crm_project.proof.ledger import Ledger
from crm_project.proof.people import Team
from crm_project.proof.proving_kills import WRITERS, what_was_lost
from crm_project.proof.server import APPLICATION, Server
from crm_project.proof.services import Cluster
from crm_project.proof.verdict import Verdict
from crm_project.proof.watchers import Watcher
from crm_project.proof.writers import Crew

GAP = 1.5  # seconds without a database


def prove(*, rounds: int = 10, writes: int = 2600, application: str = APPLICATION) -> Verdict:
    cluster = Cluster.handed()
    team, back = Team(WRITERS), []
    person = team.people[0]
    requests = person.ask("GET", "/deals?page_size=1"), person.look("/deals/board/")
    connections.close_all()  # ours would not survive a stop
    with tempfile.TemporaryDirectory() as folder, Server(application=application) as server:
        ledger = Ledger(Path(folder) / "ledger.jsonl")
        readers = [Watcher(request, server.port) for request in requests]
        with Crew(team.people, team.contact.pk, server.port, ledger) as crew, readers[0], readers[1]:
            for number in range(rounds):
                crew.wait_for(writes // (rounds + 1))
                back.append(_interrupt(cluster, crew, "fast" if number % 2 else "immediate"))
            crew.wait_for(max(1, writes - len(ledger)))
        ledger.close()
    connections.close_all()
    lost = what_was_lost(team, ledger)
    figures: dict[str, int | float | str] = {
        "stops": rounds,
        "of them crashes": (rounds + 1) // 2,
        "acknowledged": len(ledger),
        "lost": len(lost),
        "writes answered 503": crew.met()["503"],
        "slowest answer to a reader in seconds": round(max(reader.slowest for reader in readers), 2),
        "slowest back in seconds": round(max(back, default=0), 2),
    }
    return Verdict(figures, [*crew.strange(), *_unanswered(crew), *lost, *_wrongly_read(readers)])


def _interrupt(cluster: Cluster, crew: Crew, mode: str) -> float:
    """The seconds from the start of the database until a write is acknowledged."""
    cluster.stop(mode)
    time.sleep(GAP)
    cluster.start()
    start = time.monotonic()
    crew.wait_for(1)
    return time.monotonic() - start


def _unanswered(crew: Crew) -> list[str]:
    count = crew.met()["unanswered"]
    return [f"{count} writes had no answer at all, though the server was there"] if count else []


def _wrongly_read(readers: list[Watcher]) -> list[str]:
    """In the gap each reader is told that it is one, and nothing else is ever answered."""
    silent = [f"{reader.request.path} never answered 503" for reader in readers if not reader.answered[503]]
    return [wrong for reader in readers for wrong in reader.wrong] + silent
