"""A place apart for proofs: a database, a cache, and mail that are thrown away; nothing else is seen or changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection, models
from django.test.utils import (
    override_settings,
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)

FIRST_ID, IDS_A_TABLE = 700_000_000, 1_000_000
APART = {
    "CACHES": {"default": {"BACKEND": "crm_project.proof.isolation.scratch.OpenCache", "LOCATION": "proof"}},
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],  # nobody will attack these passwords
    "SECURE_SSL_REDIRECT": False,
    "CRM_THROTTLE": "off",  # else answers tell the seconds until more may be asked
    "ACCOUNT_RATE_LIMITS": False,
    "MFA_RATE_LIMITS": False,
}


class OpenCache(LocMemCache):
    """Local memory that can be looked into, and put back to what it was."""

    _cache: Any
    _expire_info: dict[str, Any]

    def entries(self) -> dict[str, bytes]:
        return dict(self._cache)

    def restore(self, entries: dict[str, bytes], deadlines: dict[str, Any]) -> None:
        for memory, before in ((self._cache, entries), (self._expire_info, deadlines)):
            memory.clear()
            memory |= before  # in place

    def deadlines(self) -> dict[str, Any]:
        return dict(self._expire_info)


def open_cache() -> OpenCache:
    """The cache that the program uses, which is an open one apart."""
    found: OpenCache = caches["default"]  # type: ignore[assignment]
    return found


@contextmanager
def scratch_database() -> Iterator[None]:
    """A new, empty database beside the one of the settings, as tests have it; it is gone afterwards."""
    setup_test_environment()
    connection.settings_dict["TEST"]["NAME"] = f"proof_{os.getpid()}" if connection.vendor == "postgresql" else None
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with apart():
            yield
    finally:
        teardown_databases(databases, verbosity=0)
        teardown_test_environment()


@contextmanager
def apart() -> Iterator[None]:
    """In the database that is there, for who has emptied it already; with a cache of its own."""
    with override_settings(**APART):
        yield


@contextmanager
def telling_ids() -> Iterator[None]:
    """From here on each table counts its ids in a range of its own, so that an id found anywhere says whose it is."""
    tables = [(model._meta.db_table, FIRST_ID + place * IDS_A_TABLE) for place, model in enumerate(_counting_models())]
    before = [(table, _count_from(table, first)) for table, first in tables]
    try:
        yield
    finally:
        for table, last in before:
            _count_from(table, last)


def _counting_models() -> list[Any]:
    return [model for model in apps.get_models() if isinstance(model._meta.pk, models.AutoField | models.BigAutoField)]


def _count_from(table: str, last: int) -> int:
    """Let the next row of this table have the id after this one; the last id that it had given."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f'"{table}"'])
            sequence = cursor.fetchone()[0]
            cursor.execute(f"SELECT last_value FROM {sequence}")
            before = int(cursor.fetchone()[0])
            cursor.execute("SELECT setval(%s, %s)", [sequence, last])
            return before
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
        return int(row[0]) if row else 0
