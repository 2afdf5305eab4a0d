"""Instants come out of PostgreSQL as Django promises them, without Django's loader."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections
from psycopg.pq import Format

from crm_project.instants import LOADER, Instants

pytestmark = [
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite keeps instants as text"),
    pytest.mark.django_db,
]
INSTANTS = [
    datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=UTC),
    datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=5, minutes=30))),
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
]


@pytest.fixture
def elsewhere(db, monkeypatch):
    """The database's connection is of another time zone, as a setting may say."""
    here = ZoneInfo("Asia/Almaty")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Almaty'")
    monkeypatch.setitem(vars(connections["default"]), "timezone", here)
    return here


def read(*instants):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(['%s::timestamptz'] * len(instants))}", instants)
        return list(cursor.fetchone())


def test_an_instant_is_read_in_utc():
    found = read(*INSTANTS)

    assert found == INSTANTS
    assert {instant.tzinfo for instant in found} == {UTC}


def test_no_instant_is_none():
    assert read(None) == [None]


def test_they_are_read_by_the_loader_that_psycopg_has():
    known = connection.connection.adapters

    loader = known.get_loader(known.types["timestamptz"].oid, Format.TEXT)

    assert loader is Instants
    assert isinstance(loader(0, None), LOADER)


def test_another_time_zone_is_obeyed(elsewhere):
    found = read(INSTANTS[0])

    assert found == [INSTANTS[0]]
    assert found[0].tzinfo == elsewhere
