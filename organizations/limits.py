"""How often one may ask: counted in the cache, and what guards passwords in the database while the cache is down."""

from __future__ import annotations

import hashlib
import logging
import time
from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from redis.exceptions import RedisError
from rest_framework.exceptions import Throttled
from rest_framework.throttling import BaseThrottle

from organizations import whence
from organizations.users import Attempts

DOWN = (RedisError, OSError)
log = logging.getLogger(__name__)


class TooMany(Throttled):
    wait: int
    default_detail = "Too many requests."
    extra_detail_singular = "Try again in {wait} second."
    extra_detail_plural = "Try again in {wait} seconds."


class Spent(NamedTuple):
    """What is known after one more request: how many are allowed, how many are left, seconds until all are again."""

    most: int
    left: int
    wait: int


class Limit:
    """So many in so many seconds, as `settings.LIMITS` says; while the cache is down nobody is counted."""

    def __init__(self, name: str):
        self.name = name

    def spend(self, who: str) -> Spent:
        """Count one more of theirs. Raises TooMany for those beyond the limit."""
        most, seconds = settings.LIMITS[self.name]
        if settings.CRM_THROTTLE == "off":
            return Spent(most, most, seconds)
        wait = seconds - int(time.time()) % seconds
        used = self.count(self._key(who, seconds), seconds)
        if used > most:
            raise TooMany(wait)
        return Spent(most, most - used, wait)

    def _key(self, who: str, seconds: int) -> str:
        digest = hashlib.sha256(who.encode(errors="replace")).hexdigest()[:32]
        return f"limits:{self.name}:{digest}:{int(time.time()) // seconds}"

    def count(self, key: str, seconds: int) -> int:
        try:
            return _count_in_cache(key, seconds)
        except DOWN as error:
            log.warning("The cache does not answer, so nobody is counted: %s", error)
            return 0


class SteadyLimit(Limit):
    """Goes on counting in the database while the cache is down: nobody guesses passwords meanwhile."""

    def count(self, key: str, seconds: int) -> int:
        try:
            return _count_in_cache(key, seconds)
        except DOWN:
            return _count_in_database(key, seconds)

    def give_back(self, who: str) -> None:
        """One less of theirs: it was no guess."""
        if settings.CRM_THROTTLE == "off":
            return
        key = self._key(who, settings.LIMITS[self.name][1])
        try:
            cache.decr(key)
        except ValueError:  # its time is over
            return
        except DOWN:
            Attempts.objects.filter(pk=key, count__gt=0).update(count=F("count") - 1)


def _count_in_cache(key: str, seconds: int) -> int:
    try:
        return cache.incr(key)
    except ValueError:  # the first one, or of two first ones the second
        return 1 if cache.add(key, 1, seconds) else cache.incr(key)


@transaction.atomic
def _count_in_database(key: str, seconds: int) -> int:
    now = timezone.now()
    Attempts.objects.filter(expires_at__lt=now).delete()
    Attempts.objects.get_or_create(pk=key, defaults={"expires_at": now + timedelta(seconds=seconds)})
    Attempts.objects.filter(pk=key).update(count=F("count") + 1)
    return Attempts.objects.values_list("count", flat=True).get(pk=key)


requests = Limit("requests")  # of a user in an organization, to the API
ways_in = SteadyLimit("ways_in")  # of an address, to what comes before a login
passwords = SteadyLimit("passwords")  # wrong ones for an account
passwords_from = SteadyLimit("passwords_from")  # wrong ones from an address


class OfMember(BaseThrottle):
    """The API's default: each user in each organization; who is not signed in, by their address."""

    def allow_request(self, request: Any, view: Any) -> bool:
        spent = requests.spend(self._who(request))
        view.headers["RateLimit-Limit"] = str(spent.most)
        view.headers["RateLimit-Remaining"] = str(spent.left)
        view.headers["RateLimit-Reset"] = str(spent.wait)
        return True

    def _who(self, request: Any) -> str:
        if not request.user.is_authenticated:
            return whence.neighborhood(request)
        membership = request._request.membership
        return f"{request.user.pk}:{membership.organization_id if membership else None}"


class OfAddress(BaseThrottle):
    """The ways in: each address, whoever says to be there."""

    def allow_request(self, request: Any, view: Any) -> bool:
        ways_in.spend(whence.neighborhood(request))
        return True
