"""The proof of kills: workers and the whole server end in the middle of writes, and nothing acknowledged is lost."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from crm_project.proof.ledger import Ledger, losses
from crm_project.proof.people import Team
from crm_project.proof.rows import deal_rows, timelines
from crm_project.proof.server import APPLICATION, Server
from crm_project.proof.verdict import Verdict
from crm_project.proof.writers import Crew
from deals.models import Deal

WRITERS = 8


def prove(*, rounds: int = 20, writes: int = 3800, application: str = APPLICATION) -> Verdict:
    team, back = Team(WRITERS), []
    with tempfile.TemporaryDirectory() as folder, Server(application=application) as server:
        ledger = Ledger(Path(folder) / "ledger.jsonl")
        with Crew(team.people, team.contact.pk, server.port, ledger) as crew:
            for number in range(rounds):
                crew.wait_for(writes // (rounds + 1))
                back.append(_kill(server, number))
            crew.wait_for(max(1, writes - len(ledger)))
        ledger.close()
        violations = crew.strange() + what_was_lost(team, ledger)
    return Verdict(
        figures={
            "kills": rounds,
            "of them of the whole server": rounds // 2,
            "acknowledged": len(ledger),
            "lost": len(violations),
            "connections that broke": crew.met()["unanswered"],
            "slowest back in seconds": round(max(back, default=0), 2),
        },
        violations=violations,
    )


def _kill(server: Server, number: int) -> float:
    """A worker, which its master replaces, and the whole server, which a supervisor starts again, in turn."""
    start = time.monotonic()
    if number % 2:
        server.kill()
        server.start()
    else:
        server.kill_worker()
    server.wait()
    return time.monotonic() - start


def what_was_lost(team: Team, ledger: Ledger) -> list[str]:
    ids = list(Deal.objects.for_membership(team.owner).values_list("pk", flat=True))
    return losses(ledger.entries, deal_rows(ids), timelines(ids))
