"""Holds every operation of the API to the table of roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crm_project.proof.isolation import world
from crm_project.proof.isolation.powers import CASES, Case
from crm_project.proof.isolation.schema import PREFIX, Schema
from crm_project.proof.isolation.values import filled, record
from crm_project.proof.isolation.visits import Ask, Visitors, undone
from crm_project.proof.isolation.world import Place
from organizations import actions
from organizations.roles import Role


@dataclass
class Held:
    tried: int = 0
    operations: int = 0
    known: int = 0  # operations of which the table says something
    broken: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.broken

    def figures(self) -> dict[str, Any]:
        return {"tried": self.tried, "operations": self.operations, "broken": self.broken, "holds": self.holds}

    def counts(self) -> dict[str, int]:
        known = 100 * self.known // self.operations
        return {"roles at operations": self.tried, "operations in the table of roles, in percent": known}

    def lines(self) -> Iterator[str]:
        yield f"{self.tried:>7,}  roles at {self.operations} operations"
        yield from self.broken


def prove(cases: dict[str, list[Case]] = CASES) -> Held:
    place, neighbor = world.build("Cedarly"), world.build("Durmast")
    place.offered = actions.invite(email="rival@cedarly.example", role=Role.MEMBER, by=neighbor.owner)[1]
    visitors, operations = Visitors(place), Schema().operations
    known = len(operations.keys() & cases.keys())
    held = Held(0, len(operations), known, list(_uncovered(set(operations), set(cases))))
    for operation, rows in cases.items():
        for case in rows:
            for role in Role.values:
                held.tried += 1
                held.broken += _wrong(operation, case, role, visitors)
    return held


def _uncovered(operations: set[str], cases: set[str]) -> Iterator[str]:
    yield from (f"{name}: nobody says whom it is allowed." for name in sorted(operations - cases))
    yield from (f"{name}: there is no such operation any more." for name in sorted(cases - operations))


def _wrong(operation: str, case: Case, role: str, visitors: Visitors) -> list[str]:
    place = visitors.place
    with undone():
        status = visitors.send(role, _ask(operation, case, role, place)).status_code
    expected = status in range(200, 300) if role in case.who else status == 403
    told = f"{operation} {case.record} {case.body or case.query or ''} as {role}"
    return [] if expected else [f"{told}: {'allowed' if role in case.who else 'refused'}, but answers {status}."]


def _ask(operation: str, case: Case, role: str, place: Place) -> Ask:
    verb, _, path = operation.partition(" ")
    for name in ("{id}", "{deal_id}"):
        if name in path:
            path = path.replace(name, str(record(case.record, place, role)))
    return Ask(verb.lower(), PREFIX + path, filled(case.query, place, role), filled(case.body, place, role))
