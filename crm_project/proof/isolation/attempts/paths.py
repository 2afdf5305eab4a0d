"""The other's ids, and its short name, in the path."""

from collections.abc import Callable, Iterator

from crm_project.proof.isolation.attempts.targets import (
    EVERYBODY,
    NEVER_ID,
    NEVER_WORD,
    Attempt,
    Targets,
    model_of,
    route_name,
    verbs_of,
    visitors_of,
)
from crm_project.proof.isolation.routes import Route
from crm_project.proof.isolation.visits import Ask


def in_paths(routes: list[Route], targets: Targets) -> Iterator[Attempt]:
    for route in routes:
        for verb in verbs_of(route) if targets.path(route) != targets.path(route, NEVER_ID) else ():
            for who in visitors_of(route):
                ask = _with_id(verb, route, who, targets)
                for theirs in targets.of(model_of(route)):
                    yield Attempt("path", route_name(verb, route), who, theirs, NEVER_ID, ask)


def _with_id(verb: str, route: Route, who: str, targets: Targets) -> Callable[[str], Ask]:
    body = targets.body(verb, route, who)
    return lambda asked: Ask(verb, targets.path(route, asked), body=body)


def in_slugs(routes: list[Route], targets: Targets) -> Iterator[Attempt]:
    theirs = targets.theirs.organization.slug
    for route in routes:
        for verb in verbs_of(route) if "{organization}" in route.path else ():
            for who in EVERYBODY:
                for pk in ["", *targets.of(model_of(route))[:1]]:
                    ask = _with_slug(verb, route, pk, targets)
                    yield Attempt("slug", route_name(verb, route), who, theirs, NEVER_WORD.lower(), ask)


def _with_slug(verb: str, route: Route, pk: str, targets: Targets) -> Callable[[str], Ask]:
    return lambda asked: Ask(verb, targets.path(route, pk, slug=asked))
