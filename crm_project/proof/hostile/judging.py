"""What is wrong with an answer to a hostile request; the consequences of each are undone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from crm_project.proof.hostile.requests import Sent
from crm_project.proof.hostile.values import MARK
from crm_project.proof.hostile.world import World
from organizations.tenancy.fields import tidy


@dataclass
class Found:
    """How many requests there were, how they were answered, and what is wrong."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    reread: int = 0  # accepted values that were read again
    wrong: list[str] = field(default_factory=list)

    @property
    def failures(self) -> int:
        return sum(times for status, times in self.statuses.items() if status >= 500)


def attack(
    make: Callable[[Random, World], Sent], count: int, world: World, seed: int = 1, tried: Callable[[], Any] = bool
) -> Found:
    found, random = Found(), Random(seed)
    for number in range(count):
        sent = make(random, world)
        if number % 500 == 0:
            cache.clear()
        with transaction.atomic():
            _judge(found, world, sent)
            transaction.set_rollback(True)
        tried()
    return found


def _judge(found: Found, world: World, sent: Sent) -> None:
    answer = send(world, sent)
    found.requests += 1
    found.statuses[answer.status_code] += 1
    wrong = []
    if answer.status_code >= 500:
        wrong.append("failed")
    if _is_page(answer) and MARK[:8] in answer.content.decode(errors="replace"):
        wrong.append("showed markup as it is")
    is_written = sent.method in ("post", "patch", "put", "delete") and answer.status_code < 400
    if is_written and _is_torn():
        wrong.append("left rows that refer to nothing")
    if is_written and sent.path.startswith("/api/") and sent.method in ("post", "patch"):
        wrong += _not_readable(found, world, sent, answer)
    found.wrong += [
        f"{sent.method.upper()} {sent.path[:200]} of {sent.who} {what}: {sent.body!r:.300}, {_told(world, sent)}"
        for what in wrong
    ]


def _told(world: World, sent: Sent) -> str:
    """Its type, and the headers that its sender would not send."""
    own = world.headers(sent.who)
    odd = {name: text[:100] for name, text in sent.headers.items() if text != own.get(name)}
    return f"of type {sent.content_type!r} with {odd}"


def send(world: World, sent: Sent) -> Any:
    browser = world.browsers["nobody" if sent.path.startswith("/api/") else sent.who]
    headers: Any = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.headers.items()}
    if isinstance(sent.body, dict) and sent.method == "post":
        return browser.post(sent.path, sent.body, **headers)
    body = b"" if isinstance(sent.body, dict) else sent.body
    return browser.generic(sent.method.upper(), sent.path, body, content_type=sent.content_type, **headers)


def _is_page(answer: Any) -> bool:
    return str(answer.get("Content-Type", "")).startswith("text/html") and not answer.streaming


def _is_torn() -> bool:
    try:
        connection.check_constraints()
    except DatabaseError:
        return True
    return False


def _not_readable(found: Found, world: World, sent: Sent, answer: Any) -> list[str]:
    """What of the accepted record cannot be read again as it was answered, and of its text as it was sent."""
    shown = json.loads(answer.content) if answer.content else None
    place = answer.get("Location") or sent.path.partition("?")[0]
    if not isinstance(shown, dict) or "id" not in shown or answer.status_code not in (200, 201):
        return []
    headers = world.headers(sent.who)
    if place.endswith("/organizations/current"):  # which one is current, the header says
        headers["X-Organization-Id"] = str(shown["id"])
    again = send(world, Sent(sent.who, "get", urlsplit(place).path, headers))
    if again.status_code == 405:  # what is only listed
        return []
    stored = json.loads(again.content)
    wrong = [name for name in shown if name not in SHOWN_ONCE and shown[name] != stored.get(name)]
    asked = json.loads(sent.body or b"{}")
    wrong += [
        name for name, text in asked.items() if isinstance(text, str) and not _is_same(text, stored.get(name, text))
    ]
    found.reread += len(shown)
    return [f"lost {', '.join(wrong)}"] if wrong else []


SHOWN_ONCE = {"token", "accept_url"}


def _is_same(text: str, stored: Any) -> bool:
    """Letter case and digits may be told in one way only; no letter may be lost."""
    try:
        tidied = tidy(text)
    except ValidationError:
        return False
    if isinstance(stored, str) and not stored.replace(".", "").replace("-", "").isdigit():
        return tidied.casefold() == stored.casefold() or "+" in stored
    return True
