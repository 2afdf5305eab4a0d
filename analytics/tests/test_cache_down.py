"""A cache that is down, or that others share: slower at worst, never wrong."""

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings as project
from django.core.cache import cache as store
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import ConnectionError as RedisDown
from redis.exceptions import RedisError

from analytics import cache
from contacts.tests.factories import ContactFactory
from deals.tests.factories import DealFactory

pytestmark = pytest.mark.django_db

SUMMARY = "/api/v1/analytics/deals/summary"
NOBODY = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
REDIS = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/15")


class Lamed(LocMemCache):
    """A cache that fails while `is_down`."""

    is_down = False

    def _refuse(self):
        if Lamed.is_down:
            raise RedisError

    def get(self, *args, **kwargs):
        self._refuse()
        return super().get(*args, **kwargs)

    def set(self, *args, **kwargs):
        self._refuse()
        return super().set(*args, **kwargs)

    def add(self, *args, **kwargs):
        self._refuse()
        return super().add(*args, **kwargs)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def add(owner, commit):
    contact = ContactFactory(by=owner)

    def add():
        with commit():
            DealFactory(by=owner, contact=contact)

    return add


@pytest.fixture
def total(call, owner):
    return lambda: call(owner).get(SUMMARY).json()["total_deals"]


@pytest.fixture
def lamed(settings, monkeypatch):
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.Lamed", "LOCATION": "lamed"}}
    monkeypatch.setattr(cache, "unforgotten", set())
    yield Lamed
    Lamed.is_down = False
    caches["default"].clear()


def test_without_a_cache_the_report_is_right(add, total, settings, monkeypatch):
    settings.CACHES = NOBODY
    monkeypatch.setattr(cache, "unforgotten", set())

    assert total() == 0
    add()
    assert total() == 1


def test_nobody_listens_there(settings):
    settings.CACHES = NOBODY

    with pytest.raises(RedisDown):
        store.get("key")


def test_a_change_while_the_cache_is_down_counts(add, total, lamed):
    assert total() == 0

    lamed.is_down = True
    add()

    assert total() == 1


def test_what_the_cache_kept_while_it_was_down_is_not_believed_afterwards(add, total, lamed):
    assert total() == 0

    lamed.is_down = True
    add()
    lamed.is_down = False

    assert total() == 1


def test_a_report_that_could_not_be_kept_is_answered(add, total, lamed, monkeypatch):
    add()

    def refuse(*_):
        raise RedisError

    monkeypatch.setattr(lamed, "set", refuse)
    assert total() == 1


def test_figures_are_kept_again_afterwards(add, total, lamed, django_assert_max_num_queries):
    lamed.is_down = True
    add()
    lamed.is_down = False
    total()

    with django_assert_max_num_queries(2):
        assert total() == 1


@pytest.fixture
def redis(settings, owner):
    prefix = secrets.token_hex(8)
    settings.CACHES = {"default": {**NOBODY["default"], "LOCATION": REDIS, "KEY_PREFIX": prefix}}
    try:
        store.get("key")
    except RedisError:
        if os.environ.get("REQUIRE_SERVICES"):
            pytest.fail(f"No Redis at {REDIS}.")
        pytest.skip(f"No Redis at {REDIS}: what several processes see of one another is not proven.")
    yield prefix
    store.delete(cache._stamp_key(owner.organization_id))


def elsewhere(prefix, statement):
    """Run this statement about `analytics.cache` in a process of its own; what it printed."""
    program = f"""
import django
django.setup()
from django.conf import settings
settings.CACHES["default"]["KEY_PREFIX"] = "{prefix}"
from analytics import cache
{statement}
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "CACHE_URL": REDIS, "DJANGO_SETTINGS_MODULE": "crm_project.settings"},
        cwd=project.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("path", [SUMMARY, "/api/v1/analytics/deals/funnel"])
def test_a_report_that_is_kept_in_redis_costs_who_asks_alone(add, call, owner, redis, path, django_assert_num_queries):
    add()
    client = call(owner)
    with django_assert_num_queries(2):  # one for all its figures
        first = client.get(path).json()

    with django_assert_num_queries(1):
        assert client.get(path).json() == first


def test_a_change_in_another_process_counts_here(total, redis, owner):
    assert total() == 0
    contact = ContactFactory(by=owner)
    DealFactory(by=owner, contact=contact)  # not committed here: this process forgets nothing
    assert total() == 0

    elsewhere(redis, f"cache.forget({owner.organization_id})")

    assert total() == 1


def test_a_change_here_counts_in_another_process(add, redis, owner):
    remember = f"print(cache.remember({owner.organization_id}, 'figure', '', lambda: '%s'))"
    assert elsewhere(redis, remember % "before") == "before"
    assert elsewhere(redis, remember % "after") == "before"

    add()

    assert elsewhere(redis, remember % "after") == "after"
