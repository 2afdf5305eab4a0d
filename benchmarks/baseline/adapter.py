"""How the scenarios are asked of the baseline. It has pages by number only, and no pages for people."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from benchmarks.kontor import STATUSES
from benchmarks.requests import Request
from benchmarks.world import World

API = "/api/deals/"


def get(world: World, n: int, path: str = "", before: Request | None = None, **query: Any) -> Request:
    asked = f"?{urlencode(query)}" if query else ""
    return Request("GET", f"{API}{path}{asked}", world.headers(n), before=before)


def page(number: int) -> Any:
    return {"page": number} if number > 1 else {}


def filtered(world: World, n: int) -> Request:
    return get(world, n, status=STATUSES[n % 4], min_amount=1000 + n % 5 * 1000, ordering="-amount,-id")


def phrase(words: str) -> str:
    """In quotes: else DRF looks for each word by itself, and finds more."""
    return f'"{words}"'


def create(world: World, n: int) -> Request:
    body = {"contact_id": world.contacts[n % len(world.contacts)], "title": f"Solar roof {n}", "amount": "1200.00"}
    return Request("POST", API, world.headers(n), body)


def move(world: World, n: int) -> Request:
    deal, stage = world.next_move()
    return Request("PATCH", f"{API}{deal}/", world.headers(n, 2), {"stage": stage})


def comment(world: World, n: int) -> Request:
    path = f"{API}{world.deals[n % len(world.deals)]}/activities/"
    return Request("POST", path, world.headers(n), {"type": "comment", "payload": {"text": f"Called for the {n}th."}})


REQUESTS = {
    "first page": lambda world, n: get(world, n),
    "first by cursor": lambda world, n: get(world, n),
    "of one status": lambda world, n: get(world, n, status=STATUSES[n % 4]),
    "filtered": filtered,
    "searched": lambda world, n: get(world, n, search=phrase(world.companies[n % len(world.companies)])),
    "rare search": lambda world, n: get(world, n, search=phrase(world.rare[n % len(world.rare)])),
    "deep page": lambda world, n: get(world, n, **page(world.pages // 2 + 1)),
    "deep by cursor": lambda world, n: get(world, n, **page(world.pages // 2 + 1)),
    "last page": lambda world, n: get(world, n, **page(world.pages)),
    "last by cursor": lambda world, n: get(world, n, **page(world.pages)),
    "page 5,000 by cursor": lambda world, n: get(world, n, **page(min(5_000, world.pages))),
    "detail": lambda world, n: get(world, n, f"{world.deals[n % len(world.deals)]}/"),
    "summary warm": lambda world, n: get(world, n, "summary/"),
    "funnel warm": lambda world, n: get(world, n, "funnel/"),
    "summary cold": lambda world, n: get(world, n, "summary/", before=move(world, n)),
    "funnel cold": lambda world, n: get(world, n, "funnel/", before=move(world, n)),
    "create": create,
    "move to a stage": move,
    "comment": comment,
}
