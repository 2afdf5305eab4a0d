"""Proves that a stranger learns nothing of another organization, and changes nothing in it, at any route."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.core.cache import cache

from crm_project.proof.isolation import presence, raw_sql, world
from crm_project.proof.isolation.attempts import bodies, headers, paths, queries
from crm_project.proof.isolation.attempts.targets import Attempt, Targets, route_name, verbs_of
from crm_project.proof.isolation.judge import Judge
from crm_project.proof.isolation.routes import Route, routes
from crm_project.proof.isolation.schema import Schema
from crm_project.proof.isolation.scratch import telling_ids
from crm_project.proof.isolation.verdict import Verdict
from crm_project.proof.isolation.visits import Visitors

ALL = 1000
OURS, THEIRS = "Alderly", "Birches"
UNREACHABLE = "Nobody knows how to ask for it: teach `crm_project/proof/isolation/attempts/targets.py`."


def prove(*, most: int, thinning: int = 1, only: str = "", tried: Callable[[], Any] = bool) -> Verdict:
    """Try everything with at most so many of the other's ids in each place; of all attempts only each so-manieth.

    The first attempt at each route is always made. `only` limits the routes to those that begin so; `tried` is told
    of each attempt.
    """
    with telling_ids():
        return _prove(most, thinning, only, tried)


def _prove(most: int, thinning: int, only: str, tried: Callable[[], Any]) -> Verdict:
    verdict, schema = Verdict(), Schema()
    ours = world.build(OURS)
    us = Visitors(ours)
    known, unknown = _known(Targets(ours, ours, 1), only)
    for name in unknown:
        verdict.uncovered[name] = UNREACHABLE
    alone = presence.seen(us, known, Targets(ours, ours, 1))
    cache.clear()
    theirs = world.build(THEIRS)
    them = Visitors(theirs)
    _prepare(them, Targets(theirs, ours, 1), known, schema)
    verdict.add_presence(presence.differences(us, known, Targets(ours, ours, 1), alone))
    judge = Judge(us, theirs)
    for attempt in _thinned(_attempts(known, Targets(ours, theirs, most), schema, us, them), thinning):
        verdict.add(attempt, judge.judge(attempt))
        tried()
    if raw_sql.is_possible():
        verdict.add_sql(*raw_sql.prove(ours, theirs))
    verdict.finish(judge.after_all(), theirs.kinds_without_rows(), _expected(known, schema, only))
    return verdict


def _prepare(them: Visitors, at_home: Targets, known: list[Route], schema: Schema) -> None:
    """Let the other's people look at everything of theirs, so that all is cached, and use their keys."""
    headers.use_keys(known, at_home, schema, them)
    presence.visit(them, known, at_home)


def _known(targets: Targets, only: str) -> tuple[list[Route], list[str]]:
    """The routes whose address can be filled in, and the names of those whose cannot."""
    known, unknown = [], []
    for route in [route for route in routes() if route.path.startswith(only)]:
        try:
            targets.path(route)
            known.append(route)
        except KeyError:
            unknown += [route_name(verb, route) for verb in verbs_of(route)]
    return known, unknown


def _attempts(known: list[Route], targets: Targets, schema: Schema, us: Visitors, them: Visitors) -> Iterator[Attempt]:
    yield from paths.in_paths(known, targets)
    yield from paths.in_slugs(known, targets)
    yield from bodies.in_bodies(known, replace(targets, most=ALL), schema)  # all: these are cheap to try
    yield from bodies.in_forms(known, targets, us)
    yield from queries.in_queries(known, targets, schema)
    yield from queries.in_cursors(known, targets, them)
    yield from headers.in_organization_headers(known, targets)
    yield from headers.in_versions(known, targets, schema, them)
    yield from headers.in_keys(known, targets, schema)


def _thinned(attempts: Iterator[Attempt], thinning: int) -> Iterator[Attempt]:
    begun: set[str] = set()
    for number, attempt in enumerate(attempts):
        if attempt.route not in begun or number % thinning == 0:
            begun.add(attempt.route)
            yield attempt


def _expected(known: list[Route], schema: Schema, only: str) -> set[str]:
    """Every route and verb of the URLconf, and every operation of the schema."""
    names = {route_name(verb, route) for route in known for verb in verbs_of(route)}
    api = {name.replace("{id}", "{pk}").replace(" /", " /api/v1/", 1) for name in schema.operations}
    return names | {name for name in api if f" /{only}" in name}
