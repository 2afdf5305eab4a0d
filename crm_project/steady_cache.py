"""Redis for the cache, and local memory for what django-allauth counts while Redis does not answer.

Who signs in must not wait for a cache to come back, and must not guess passwords meanwhile: each process counts alone
until then. All others that use the cache are told that it is down: they know what to do.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

DOWN = (RedisError, OSError)
COUNTED = "allauth"  # how the keys begin: failed attempts, codes that were used
stand_in = LocMemCache("steady_cache", {})


def _steady(name: str) -> Callable[..., Any]:
    def act(self: Any, key: str, *args: Any, **options: Any) -> Any:
        try:
            return getattr(RedisCache, name)(self, key, *args, **options)
        except DOWN:
            if not key.startswith(COUNTED):
                raise
            return getattr(stand_in, name)(key, *args, **options)

    return act


class OneClient(RedisCacheClient):
    """Of redis-py, for each pool: Django makes one for each command, which takes as long as the command."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self._client: Any = cache(self._client)


class SteadyRedisCache(RedisCache):
    get, set, add, delete = (_steady(name) for name in ("get", "set", "add", "delete"))

    def __init__(self, *arguments: Any):
        super().__init__(*arguments)
        self._class = OneClient
