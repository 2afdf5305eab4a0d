"""The other's organization, versions and keys in headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crm_project.proof.isolation.attempts.targets import (
    EVERYBODY,
    NEVER_ID,
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
from crm_project.proof.isolation.visits import Ask, Visitors

ONCE = ("/logout", "/password", "/organizations")  # not to be done by the others before the attempts begin
ORGANIZATION, KEY, NEVER_KEY = "X-Organization-Id", "theirs-0000", "never-00000"


def in_organization_headers(routes: list[Route], targets: Targets) -> Iterator[Attempt]:
    """In the API with our own id in the path, and with theirs; pages do not read it, so one role tries."""
    theirs = str(targets.theirs.organization.pk)
    for number, route in enumerate(routes):
        for verb in verbs_of(route):
            is_api = route.path.startswith("api/")
            for who in EVERYBODY if is_api else (in_turn(number),):
                for pk in ["", *targets.of(model_of(route))[:1]] if is_api and route.has_id else [""]:
                    ask = _with_header(verb, route, who, targets, ORGANIZATION, pk)
                    yield Attempt("organization header", route_name(verb, route), who, theirs, NEVER_ID, ask)


def in_versions(routes: list[Route], targets: Targets, schema: Schema, visitors: Visitors) -> Iterator[Attempt]:
    """The ETag of a record of the other's; `visitors` are the other's."""
    for route in routes:
        for verb in verbs_of(route):
            for name in set(schema.parameters(operation(verb, route), "header")) & {"If-Match", "If-None-Match"}:
                theirs = _tag(route, targets, visitors)
                never = theirs.partition("-")[0] + '-00000000"'
                for who in ROLES:
                    ask = _with_header(verb, route, who, targets, name)
                    yield Attempt(name, route_name(verb, route), who, theirs, never, ask)


def _tag(route: Route, targets: Targets, visitors: Visitors) -> str:
    pk = targets.of(model_of(route))[:1] or [""]
    return str(visitors.send("owner", Ask("get", targets.path(route, pk[0]))).headers["ETag"])


def in_keys(routes: list[Route], targets: Targets, schema: Schema) -> Iterator[Attempt]:
    """Idempotency-Keys that the other has used already, with the very request."""
    for route in routes:
        if "Idempotency-Key" in schema.parameters(operation("post", route), "header"):
            for who in ROLES:
                ask = _with_header("post", route, who, targets, "Idempotency-Key")
                yield Attempt("Idempotency-Key", route_name("post", route), who, KEY, NEVER_KEY, ask)


def use_keys(routes: list[Route], at_home: Targets, schema: Schema, visitors: Visitors) -> None:
    """Let the other's people use theirs; what that changes stays."""
    for attempt in in_keys(routes, at_home, schema):
        if attempt.who == "owner" and not attempt.route.endswith(ONCE):
            visitors.send(attempt.who, attempt.ask(KEY))


def _with_header(verb: str, route: Route, who: str, targets: Targets, name: str, pk: str = "") -> Callable[[str], Ask]:
    path, body = targets.path(route, pk), targets.body(verb, route, who)
    return lambda asked: Ask(verb, path, body=body, headers={name: asked})
