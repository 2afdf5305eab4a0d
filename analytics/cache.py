"""Keeps figures until something that they count changes. A cache that is down costs time, nothing else.

A figure is kept with a stamp, a random value of the organization's that every change replaces. The stamp is read
before a figure is built, so a slow builder keeps the old one with it, and nobody takes it. It is random, not a
counter: an evicted counter would start anew and wake old figures. In the key the stamp would leave each old figure
behind until its time is over.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.core.cache import cache, caches
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import RedisError

SECONDS = 300
DOWN = (RedisError, OSError)
unforgotten: set[int] = set()  # organizations whose change the cache could not be told


def is_shared() -> bool:
    """Whether all processes keep their figures in the same place, and so hear of each other's changes by the stamp."""
    return not isinstance(caches["default"], LocMemCache)


def remember(organization_id: int, figure: str, state: str, build: Callable[[], Any]) -> Any:
    """This figure as it was kept in this state, or built now and kept."""
    key = f"analytics:{organization_id}:{figure}"
    try:
        _forget_what_was_missed()
        found = cache.get_many([_stamp_key(organization_id), key])
        known = f"{found.get(_stamp_key(organization_id)) or _stamp(organization_id)}:{state}"
    except DOWN:
        return build()
    kept_in, kept = found.get(key, ("", None))
    if kept_in != known:
        kept = build()
        _keep(key, (known, kept))
    return kept


def forget(organization_id: int) -> None:
    """Make every kept figure of this organization unreachable."""
    try:
        cache.set(_stamp_key(organization_id), secrets.token_hex(8), timeout=None)
        unforgotten.discard(organization_id)
    except DOWN:
        unforgotten.add(organization_id)


def _forget_what_was_missed() -> None:
    for changed in list(unforgotten):
        forget(changed)


def _stamp(organization_id: int) -> str | None:
    return cache.get_or_set(_stamp_key(organization_id), lambda: secrets.token_hex(8), timeout=None)


def _stamp_key(organization_id: int) -> str:
    return f"analytics:{organization_id}:stamp"


def _keep(key: str, kept: tuple[str, Any]) -> None:
    try:
        cache.set(key, kept, SECONDS)
    except DOWN:
        return
