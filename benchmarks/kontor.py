"""How the scenarios are asked of our server. An adapter of another server has the same names in its `REQUESTS`.

Each takes the world and the number of the request, counted on from window to window, and answers with the request.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from benchmarks.requests import Request
from benchmarks.world import World

API = "/api/v1"
STATUSES = ("new", "in_progress", "won", "lost")


def get(world: World, n: int, path: str, before: Request | None = None, **query: Any) -> Request:
    asked = f"?{urlencode(query)}" if query else ""
    return Request("GET", f"{API}{path}{asked}", world.headers(n), before=before)


def page_of(world: World, n: int, name: str) -> Request:
    path = f"/o/{world.organization.slug}/{name}"
    return Request("GET", path, {"Cookie": world.cookies[n % len(world.cookies)], "Accept-Encoding": "gzip"})


def filtered(world: World, n: int) -> Request:
    return get(world, n, "/deals", status=STATUSES[n % 4], min_amount=1000 + n % 5 * 1000, order_by="amount")


def by_cursor(world: World, n: int, page: int) -> Request:
    return get(world, n, "/deals", cursor=world.cursors.get(page, ""))


def detail(world: World, n: int) -> Request:
    return get(world, n, f"/deals/{world.deals[n % len(world.deals)]}")


def create(world: World, n: int) -> Request:
    body = {"contact_id": world.contacts[n % len(world.contacts)], "title": f"Solar roof {n}", "amount": "1200.00"}
    return Request("POST", f"{API}/deals", world.headers(n), body)


def move(world: World, n: int) -> Request:
    """To the next stage or back, by those who may: every request changes something."""
    deal, stage = world.next_move()
    return Request("PATCH", f"{API}/deals/{deal}", world.headers(n, 2), {"stage": stage})


def comment(world: World, n: int) -> Request:
    path = f"{API}/deals/{world.deals[n % len(world.deals)]}/activities"
    return Request("POST", path, world.headers(n), {"type": "comment", "payload": {"text": f"Called for the {n}th."}})


def summary(world: World, n: int, before: Request | None = None) -> Request:
    return get(world, n, "/analytics/deals/summary", before)


def funnel(world: World, n: int, before: Request | None = None) -> Request:
    return get(world, n, "/analytics/deals/funnel", before)


REQUESTS = {
    "first page": lambda world, n: get(world, n, "/deals"),
    "first by cursor": lambda world, n: get(world, n, "/deals", cursor=""),
    "of one status": lambda world, n: get(world, n, "/deals", status=STATUSES[n % 4]),
    "filtered": filtered,
    "searched": lambda world, n: get(world, n, "/deals", search=world.companies[n % len(world.companies)]),
    "rare search": lambda world, n: get(world, n, "/deals", search=world.rare[n % len(world.rare)]),
    "deep page": lambda world, n: get(world, n, "/deals", page=world.pages // 2 + 1),
    "deep by cursor": lambda world, n: by_cursor(world, n, world.pages // 2),
    "last page": lambda world, n: get(world, n, "/deals", page=world.pages),
    "last by cursor": lambda world, n: by_cursor(world, n, world.pages - 1),
    "page 5,000 by cursor": lambda world, n: by_cursor(world, n, min(5_000, world.pages) - 1),
    "detail": detail,
    "summary warm": summary,
    "funnel warm": funnel,
    "summary cold": lambda world, n: summary(world, n, before=move(world, n)),
    "funnel cold": lambda world, n: funnel(world, n, before=move(world, n)),
    "create": create,
    "move to a stage": move,
    "comment": comment,
    "Today": lambda world, n: page_of(world, n, ""),
    "the board": lambda world, n: page_of(world, n, "deals/board/"),
    "a deal": lambda world, n: page_of(world, n, f"deals/{world.deals[n % len(world.deals)]}/"),
}
