"""The pool hands out connections that work, and sends nothing to know it."""

import select
import time

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from crm_project import environment, listening
from crm_project.instants import QuickConnection

pytestmark = [
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has no server"),
    pytest.mark.django_db,
]


@pytest.fixture
def pool():
    """Of one connection, as the settings make it."""
    options = environment.options(connection.settings_dict, threads=1)["pool"]
    arguments = {**connection.get_connection_params(), "autocommit": True}
    with ConnectionPool(kwargs=arguments, check=ConnectionPool.check_connection, **options) as opened:
        opened.wait()
        yield opened


@pytest.fixture
def sent(monkeypatch):
    """The statements that connections send."""
    found, send = [], psycopg.Connection.execute
    monkeypatch.setattr(psycopg.Connection, "execute", lambda self, query: found.append(query) or send(self, query))
    return found


def process_of(pool):
    with pool.connection() as connected:
        return connected.info.backend_pid


def end(process):
    """From outside, as an operator or a restart does, and wait until it is gone."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])


def test_a_quiet_connection_is_handed_out_unasked(pool, sent):
    processes = [process_of(pool) for _ in range(3)]

    assert (len({*processes}), sent) == (1, [""])  # at first, for it may have waited long


def test_a_connection_that_rested_is_asked(pool, sent, monkeypatch):
    process_of(pool)
    later = time.monotonic() + listening.FRESH
    monkeypatch.setattr(time, "monotonic", lambda: later)

    process_of(pool)

    assert sent == ["", ""]


def test_a_connection_that_the_server_ended_is_replaced(pool):
    process = process_of(pool)
    end(process)

    assert process_of(pool) != process


def test_what_is_sent_in_earnest_is_sent(pool, sent):
    with pool.connection() as connected:
        assert connected.execute("SELECT 7").fetchone() == (7,)

    assert sent == ["", "SELECT 7"]


def test_a_connection_that_commits_by_itself_is_told_so_once(pool, monkeypatch):
    told, tell = [], psycopg.Connection.set_autocommit
    process_of(pool)
    monkeypatch.setattr(psycopg.Connection, "set_autocommit", lambda one, value: told.append(value) or tell(one, value))
    with pool.connection() as connected:
        for value in (True, False, False, True, True):
            connected.autocommit = value
            assert connected.autocommit is value

    assert told == [False, True]


def test_a_connection_that_has_something_to_say_is_asked(pool, sent):
    with pool.connection() as connected:
        connected.execute("LISTEN news")
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
            other.execute("NOTIFY news")
        select.select([connected.fileno()], [], [], 10)
        process = connected.info.backend_pid

    assert (process_of(pool), sent[-1]) == (process, "")


def test_our_connections_are_such(db):
    assert isinstance(connection.connection, QuickConnection)
