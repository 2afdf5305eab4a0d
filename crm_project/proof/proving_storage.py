"""The proof of a full disk: who writes is told so, who reads is served, nothing is half there, and it passes."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from crm_project.proof.disks import disk
from crm_project.proof.ledger import Ledger
from crm_project.proof.people import Team
from crm_project.proof.proving_kills import WRITERS, what_was_lost
from crm_project.proof.server import Server
from crm_project.proof.verdict import Verdict
from crm_project.proof.watchers import Watcher
from crm_project.proof.writers import Crew

FULL = "507"
PATIENCE = 240  # seconds until the disk is full


def prove(*, rounds: int = 40, application: str = "") -> Verdict:
    """`rounds` is how many writes must meet the full disk."""
    team = Team(WRITERS)
    with disk() as narrow, tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "ledger.jsonl")
        server = Server(application=application or narrow.application)
        server.environment |= narrow.environment
        reader = Watcher(team.people[0].ask("GET", "/deals?page_size=1"), server.port)
        with server, Crew(team.people, team.contact.pk, server.port, ledger) as crew:
            narrow.fill()
            with reader:
                is_full = _wait_until_full(crew, rounds)
            before = len(ledger)
            narrow.empty(server)
            crew.wait_for(WRITERS * 2)
        ledger.close()
    violations = [*crew.strange(), *reader.wrong, *what_was_lost(team, ledger)]
    violations += [] if is_full else ["the disk was never full"]
    figures: dict[str, int | float | str] = {
        "writes answered 507": crew.met()[FULL],
        "acknowledged": len(ledger),
        "of them with room again": len(ledger) - before,
        "readers served meanwhile": reader.answered[200],
    }
    return Verdict(figures, violations)


def _wait_until_full(crew: Crew, refused: int) -> bool:
    until = time.monotonic() + PATIENCE
    while crew.met()[FULL] < refused and crew.is_at_work and time.monotonic() < until:
        time.sleep(0.05)
    return crew.met()[FULL] >= refused
