"""Keeps figures until something that they count changes. A cache that is down costs time, nothing else.

A figure is kept under a stamp, a random value of the organization's that every change replaces. The stamp is read
before a figure is built, so a slow builder stores under the old one, which nobody reads again. It is random, not a
counter: an evicted counter would start anew and wake old figures.
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


def remember(organization_id: int, figure: str, arguments: str, build: Callable[[], Any]) -> Any:
    """This figure as it was kept, or built now and kept."""
    try:
        key = f"analytics:{organization_id}:{_stamp(organization_id)}:{figure}:{arguments}"
        kept = cache.get(key)
    except DOWN:
        return build()
    if kept is None:
        kept = build()
        _keep(key, kept)
    return kept


def forget(organization_id: int) -> None:
    """Make every kept figure of this organization unreachable."""
    try:
        cache.set(_stamp_key(organization_id), secrets.token_hex(8), timeout=None)
        unforgotten.discard(organization_id)
    except DOWN:
        unforgotten.add(organization_id)


def _stamp(organization_id: int) -> str | None:
    for changed in list(unforgotten):
        forget(changed)
    return cache.get_or_set(_stamp_key(organization_id), lambda: secrets.token_hex(8), timeout=None)


def _stamp_key(organization_id: int) -> str:
    return f"analytics:{organization_id}:stamp"


def _keep(key: str, figure: Any) -> None:
    try:
        cache.set(key, figure, SECONDS)
    except DOWN:
        return
