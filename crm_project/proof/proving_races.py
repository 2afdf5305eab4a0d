"""The proof of the races: every hazard, round by round, against one server."""

from __future__ import annotations

from crm_project.proof import races_of_deals, races_of_people, races_of_stages
from crm_project.proof.calls import Line
from crm_project.proof.people import Team
from crm_project.proof.races import WIDTH, Tally, run
from crm_project.proof.server import Server
from crm_project.proof.verdict import Verdict

HAZARDS = (*races_of_deals.HAZARDS, *races_of_stages.HAZARDS, *races_of_people.HAZARDS)


def prove(*, rounds: int = 50, only: str = "", application: str = "crm_project.proof.cheap_hash") -> Verdict:
    chosen = [hazard for hazard in HAZARDS if only in hazard.name]
    verdict = Verdict()
    total = Tally()
    with Server(application=application, threads=WIDTH) as server:
        lines = [Line(server.port) for _ in range(WIDTH)]
        for hazard in chosen:
            tally = run(hazard, Team(WIDTH), lines, rounds)  # a new team, for tokens last 15 minutes
            verdict.details.append(_line(hazard.name, hazard.mechanism, tally))
            verdict.violations += tally.violations
            for name in ("requests", "acknowledged", "busy"):
                setattr(total, name, getattr(total, name) + getattr(tally, name))
    verdict.figures = {
        "hazards": len(chosen),
        "rounds of each": rounds,
        "callers at once": WIDTH,
        "requests": total.requests,
        "of them done": total.acknowledged,
        "asked to come back (503)": total.busy,
        "violations": len(verdict.violations),
    }
    return verdict


def _line(name: str, mechanism: str, tally: Tally) -> str:
    sums = f"{tally.rounds} rounds, {tally.acknowledged} acknowledged, {tally.busy} busy"
    return f"  {name} ({mechanism}): {sums}, {len(tally.violations)} violations"
