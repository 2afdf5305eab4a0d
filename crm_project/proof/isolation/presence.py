"""What we see is the same whether the other organization is there or not: lists, figures, pages, cached or not."""

from __future__ import annotations

from collections.abc import Iterator

from crm_project.proof.isolation.attempts.targets import Targets, verbs_of
from crm_project.proof.isolation.routes import Route
from crm_project.proof.isolation.visits import Answer, Ask, Visitors, undone

READERS = ("owner",)
Seen = dict[tuple[str, str], Answer]


def seen(visitors: Visitors, routes: list[Route], at_home: Targets) -> Seen:
    """What each role reads at each of its own addresses."""
    ids = frozenset(pk for ids in at_home.ours.ids().values() for pk in ids)
    return {(who, ask.path): _read(visitors, who, ask, ids) for who in READERS for ask in _readings(routes, at_home)}


def _read(visitors: Visitors, who: str, ask: Ask, ids: frozenset[int]) -> Answer:
    with undone():
        return Answer.of(visitors.send(who, ask), "", ids)


def _readings(routes: list[Route], at_home: Targets) -> Iterator[Ask]:
    for route in routes:
        if "get" in verbs_of(route) and not route.path.startswith("admin/"):
            yield Ask("get", at_home.path(route))


def visit(visitors: Visitors, routes: list[Route], at_home: Targets) -> None:
    """Read everything, and leave in the cache what that leaves there."""
    for who in READERS:
        for ask in _readings(routes, at_home):
            visitors.send(who, ask)


def differences(visitors: Visitors, routes: list[Route], at_home: Targets, alone: Seen) -> dict[str, bool]:
    """Of each reading, whether it is another one now."""
    now = seen(visitors, routes, at_home)
    return {f"GET {path} as {who}": now[who, path] != alone[who, path] for who, path in alone}
