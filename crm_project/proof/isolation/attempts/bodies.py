"""The other's ids in what is sent: in bodies of the API, as its schema has them, and in every form of every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

from crm_project.proof.isolation.attempts.targets import (
    NEVER_ID,
    NEVER_WORD,
    ROLES,
    Attempt,
    Targets,
    in_turn,
    operation,
    route_name,
    verbs_of,
)
from crm_project.proof.isolation.routes import Route
from crm_project.proof.isolation.schema import Schema
from crm_project.proof.isolation.visits import Ask, Visitors

FEW = 2  # of each kind, under a name that the body does not have
TEXTS = {"confirm": "{}", "external_id": "deal owner {}"}


def in_bodies(routes: list[Route], targets: Targets, schema: Schema) -> Iterator[Attempt]:
    """What a body may have is tried as every role; every other name that refers to something, as one of them."""
    for route in routes:
        for verb in verbs_of(route):
            members = schema.members(operation(verb, route))
            for name, theirs, never, who in _in_body(members, targets):
                body = targets.body(verb, route, who)
                if body is not None:
                    ask = _with_member(verb, targets.path(route), body, name)
                    yield Attempt("body", route_name(verb, route), who, theirs, never, ask)


def _in_body(members: dict[str, Any], targets: Targets) -> Iterator[tuple[str, str, str, str]]:
    for who in ROLES:
        for name, described in members.items():
            for theirs, never in _values(name, targets, described.get("format") == "int64"):
                yield name, theirs, never, who
        for number, reference in enumerate(targets.references):
            name = f"{reference}_id"
            if members and name not in members and who == in_turn(number):
                for theirs in targets.named(name)[:FEW]:
                    yield name, theirs, NEVER_ID, who


def _values(name: str, targets: Targets, is_id: bool) -> list[tuple[str, str]]:
    """What is theirs, and what never was, for a member of this name."""
    if is_id:
        return [(theirs, NEVER_ID) for theirs in targets.named(name)]
    if name == "token":  # one that was revoked, and what the database keeps of one that was not
        return [(targets.theirs.tokens[0], "never" * 8), (targets.token_hash, "0" * 64)]
    if name == "stage":
        return [(targets.theirs.records["owner"]["stage"].slug, f"second-{NEVER_WORD.lower()}")]
    word = targets.theirs.word
    return [(TEXTS[name].format(word), TEXTS[name].format(NEVER_WORD))] if name in TEXTS else []


def _with_member(verb: str, path: str, body: dict[str, Any], name: str) -> Callable[[str], Ask]:
    def ask(asked: str) -> Ask:
        return Ask(verb, path, body={**body, name: int(asked) if asked.isdigit() else asked})

    return ask


class Form(HTMLParser):
    """What the forms of a page that post to this path would send."""

    def __init__(self, html: str, path: str):
        super().__init__()
        self.path, self.is_ours, self.choosing, self.values = path, False, "", {}
        self.feed(html)

    path: str
    values: dict[str, str]

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        found = dict(attributes)
        if tag == "form":
            is_here = (found.get("action") or self.path).partition("?")[0] == self.path
            self.is_ours = found.get("method", "").lower() == "post" and is_here
        name = found.get("name")
        if self.is_ours and name and tag in ("input", "textarea", "select", "button"):
            self.values.setdefault(name, found.get("value") or "")
            self.choosing = name if tag == "select" else ""
        if tag == "option" and self.choosing and "selected" in found:
            self.values[self.choosing] = found.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self.is_ours = self.is_ours and tag != "form"


def in_forms(routes: list[Route], targets: Targets, visitors: Visitors) -> Iterator[Attempt]:
    """What the form has is tried as every role; every other name that refers to something, as one of them."""
    for route in routes:
        if route.path.startswith(("api/", "admin/")) or "post" not in verbs_of(route):
            continue
        path = targets.path(route)
        sent = {who: _form(visitors, who, path) for who in ROLES}
        for number, name in enumerate(targets.references):
            for who in ROLES:
                if name in sent[who] or who == in_turn(number):
                    for theirs in targets.named(name):
                        ask = _with_field(path, sent[who], name)
                        yield Attempt("form", route_name("post", route), who, theirs, NEVER_ID, ask)


def _form(visitors: Visitors, who: str, path: str) -> dict[str, str]:
    page = visitors.send(who, Ask("get", path))
    return Form(page.content.decode(), path).values if page.status_code == 200 else {}


def _with_field(path: str, sent: dict[str, str], name: str) -> Callable[[str], Ask]:
    return lambda asked: Ask("post", path, body={**sent, name: asked})
