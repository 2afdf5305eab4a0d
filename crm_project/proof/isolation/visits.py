"""One request and its answer, as a stranger would compare them; whatever it changed is undone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

from django.db import connection, transaction
from django.utils.html import escape
from rest_framework_simplejwt.tokens import RefreshToken

from crm_project.proof.isolation.caller import Caller
from crm_project.proof.isolation.scratch import FIRST_ID, open_cache
from crm_project.proof.isolation.world import Place
from organizations.models import User

READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "EXPLAIN", "SHOW")
NOBODY, OPERATOR = "nobody", "operator"
ASKED = "‹asked›"
SECRETS = re.compile(r"[A-Za-z0-9_.-]{40,}")  # tokens, and what pages carry against forged requests
MOMENTS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:Z|\+00:00)|\b\d{1,2}:\d\d(?::\d\d)?\b")
SUMS = re.compile(r'(?<=")(\d+)-[0-9a-f]{8}(?=")')  # in an ETag, of an answer with moments in it
NEW_IDS = re.compile(rf"\b{str(FIRST_ID)[0]}\d{{8}}\b")
ASIDE = {"Set-Cookie", "Content-Length"}
SPELLINGS: tuple[Callable[[str], str], ...] = (
    escape,
    quote_plus,
    lambda asked: quote(asked, safe=""),
    lambda asked: quote(quote_plus(asked), safe=""),  # an address with it, which another address goes back to
)


@dataclass(frozen=True)
class Ask:
    """`verb` in lower case. The body goes as JSON to the API and as a form to pages."""

    verb: str
    path: str
    query: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    def send(self, client: Caller) -> Any:
        address = self.path + (f"?{urlencode(self.query, doseq=True)}" if self.query else "")
        sent: dict[str, Any] = {"headers": {"X-Request-Id": "proof", **self.headers}}
        if self.is_api and self.verb != "get":
            sent |= {"data": json.dumps(self.body or {}), "content_type": "application/json"}
        elif self.verb == "post":
            sent |= {"data": self.body or {}}
        return getattr(client, self.verb)(address, **sent)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    @classmethod
    def of(cls, response: Any, asked: str, known_ids: frozenset[int]) -> Answer:
        def spoken(text: str) -> str:
            return _without_chance(text, asked, known_ids)

        headers = sorted((name, spoken(value)) for name, value in response.headers.items() if name not in ASIDE)
        raw = b"".join(response.streaming_content) if response.streaming else response.content
        return cls(response.status_code, tuple(headers), spoken(raw.decode()))


def _without_chance(text: str, asked: str, known_ids: frozenset[int]) -> str:
    """The text without what differs each time: what was asked for, new ids, secrets, the time of day."""
    spellings = {asked, quote(asked), *(spell(asked) for spell in SPELLINGS)}
    for spelling in spellings if asked else ():
        text = text.replace(spelling, ASKED)
    text = NEW_IDS.sub(lambda found: found[0] if int(found[0]) in known_ids else "‹new›", text)
    text = SUMS.sub(r"\1", text)
    return MOMENTS.sub("‹moment›", SECRETS.sub("‹secret›", text))


@dataclass
class Visitors:
    """Everybody who knocks: the four roles of a place, nobody, and an operator without any rights."""

    place: Place
    clients: dict[tuple[str, bool], Caller] = field(default_factory=dict)

    def __post_init__(self) -> None:
        operator = User.objects.create_user(f"operator@{self.place.word}.example", name="Operator", is_staff=True)
        people: dict[str, Any] = {name: membership.user for name, membership in self.place.members.items()}
        for name, user in {**people, OPERATOR: operator, NOBODY: None}.items():
            program, browser = Caller(), Caller()
            if user:
                token = RefreshToken.for_user(user).access_token
                program.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"  # type: ignore[attr-defined]
                browser.force_login(user)
                browser.get("/")
            program.defaults["HTTP_X_ORGANIZATION_ID"] = str(self.place.organization.pk)  # type: ignore[attr-defined]
            self.clients[name, True], self.clients[name, False] = program, browser

    def send(self, who: str, ask: Ask) -> Any:
        client = self.clients[who, ask.is_api]
        kept = SimpleCookie(client.cookies)
        try:
            return ask.send(client)
        finally:
            client.cookies = kept


class Undone:
    """What happens to the database and the cache from `undone` on, until it is taken back."""

    def __init__(self) -> None:
        self.wrote = False  # also by a request that was refused afterwards
        self.waiting = len(connection.run_on_commit)

    def watch(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        self.wrote = self.wrote or not sql.lstrip(" (").upper().startswith(READS)
        return execute(sql, *args)

    def commit(self) -> None:
        """Do what the request wanted done after its commit."""
        for waiting in list(connection.run_on_commit[self.waiting :]):
            waiting[1]()


@contextmanager
def undone() -> Iterator[Undone]:
    cache = open_cache()
    kept = cache.entries(), cache.deadlines()
    try:
        with transaction.atomic():
            change = Undone()
            with connection.execute_wrapper(change.watch):
                yield change
            transaction.set_rollback(True)
    finally:
        cache.restore(*kept)
