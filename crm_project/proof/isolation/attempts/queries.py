"""The other's ids in queries: filters, cursors, search; and the names that pages read."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crm_project.proof.isolation.attempts.targets import (
    NEVER_ID,
    NEVER_WORD,
    ROLES,
    Attempt,
    Targets,
    in_turn,
    model_of,
    operation,
    route_name,
    verbs_of,
)
from crm_project.proof.isolation.routes import Route
from crm_project.proof.isolation.schema import Schema
from crm_project.proof.isolation.visits import OPERATOR, Ask, Visitors

SEARCHES = {"search": "{}", "q": "{}", "external_id": "deal owner {}", "name": "{}", "next": "/o/{}/"}
PAGING = ("page", "page_size", "order", "order_by", "cursor", "limit", "days")


def in_queries(routes: list[Route], targets: Targets, schema: Schema) -> Iterator[Attempt]:
    """Parameters of the API are tried as every role; the many names that pages might read, one after the other."""
    for route in routes:
        for verb in verbs_of(route):
            described = schema.operations.get(operation(verb, route))
            if described:
                names = [name for name in schema.parameters(operation(verb, route)) if name not in PAGING]
                tried = [(name, who) for name in names or ["id"] for who in ROLES]
            elif verb == "get" and not route.path.startswith("admin/"):
                tried = [(name, in_turn(number)) for number, name in enumerate([*targets.references, *SEARCHES])]
            else:
                tried = [("organization", OPERATOR)]
            yield from _in_query(verb, route, tried, targets)


def _in_query(verb: str, route: Route, tried: list[tuple[str, str]], targets: Targets) -> Iterator[Attempt]:
    for name, who in tried:
        body = targets.body(verb, route, who)
        for theirs, never in _values(name, targets):
            ask = _with_parameter(verb, targets.path(route), name, body)
            yield Attempt("query", route_name(verb, route), who, theirs, never, ask)


def _values(name: str, targets: Targets) -> list[tuple[str, str]]:
    if name in SEARCHES:
        spelled, word = SEARCHES[name], targets.theirs.word
        return [(spelled.format(word), spelled.format(NEVER_WORD))]
    return [(theirs, NEVER_ID) for theirs in targets.named(name)]


def _with_parameter(verb: str, path: str, name: str, body: dict[str, Any] | None) -> Callable[[str], Ask]:
    return lambda asked: Ask(verb, path, {name: asked}, body)


def in_cursors(routes: list[Route], targets: Targets, visitors: Visitors) -> Iterator[Attempt]:
    """`visitors` are the other's: their cursors stand at their rows."""
    for route in routes:
        model = model_of(route)
        if model is None or (route.has_id and "{deal_id}" not in route.path) or "get" not in route.verbs:
            continue
        path = targets.path(route)
        for who in ROLES:
            for theirs in _cursors(visitors, route, who, targets) if route.path.startswith("api/") else ():
                ask = _with_parameter("get", path, "cursor", None)
                yield Attempt("cursor", route_name("get", route), who, theirs, _elsewhere(theirs), ask)


def _cursors(visitors: Visitors, route: Route, who: str, targets: Targets) -> list[str]:
    """Where the other's list goes on, and on."""
    own = visitors.place.records["owner"]["deal"].pk
    found: list[str] = []
    cursor = ""
    while len(found) < targets.most:
        path = "/" + route.path.replace("{deal_id}", str(own))
        page = json.loads(visitors.send(who, Ask("get", path, {"cursor": cursor, "page_size": 1})).content)
        cursor = parse_qs(urlsplit(page.get("next") or "").query).get("cursor", [""])[0]
        if not cursor:
            break
        found.append(cursor)
    return found


def _elsewhere(cursor: str) -> str:
    """The same cursor at a row that never was."""
    column, descending, value, _pk, backwards = json.loads(base64.urlsafe_b64decode(cursor + "==="))
    parts = [column, descending, value, int(NEVER_ID), backwards]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")
