"""When the database is away or full, whoever asks is told so and may come back; other failures are our fault."""

import re

import psycopg
import pytest
from django.db import InterfaceError, OperationalError
from psycopg import errors
from psycopg_pool import PoolTimeout

from crm_project.outages import AWAY, BUSY, FULL, SLOW, outage

MEMBERS = "/api/v1/members"


def raised(error, cause=None):
    error.__cause__ = cause
    return error


def failing_with(error):
    def fail(*_, **__):
        raise error

    return fail


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (errors.DeadlockDetected(), BUSY),
        (errors.SerializationFailure(), BUSY),
        (errors.LockNotAvailable(), BUSY),
        (errors.AdminShutdown(), AWAY),
        (errors.CrashShutdown(), AWAY),
        (errors.CannotConnectNow(), AWAY),
        (errors.TooManyConnections(), AWAY),
        (errors.ConnectionFailure(), AWAY),
        (PoolTimeout(), AWAY),
        (psycopg.OperationalError("the connection is lost"), AWAY),
        (errors.DiskFull(), FULL),
        (errors.UndefinedColumn(), None),
        (errors.QueryCanceled(), SLOW),
    ],
)
def test_what_postgresql_says(cause, expected):
    assert outage(raised(OperationalError("whatever"), cause)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("database is locked", BUSY), ("database or disk is full", FULL), ("no such column: x", None)],
)
def test_what_sqlite_says(words, expected):
    assert outage(raised(OperationalError(words))) == expected


def test_a_connection_that_broke_in_use_is_an_outage():
    assert outage(raised(InterfaceError("closed"), psycopg.OperationalError("the connection is closed"))) == AWAY


@pytest.mark.parametrize("error", [None, ValueError("database is locked"), raised(InterfaceError("closed"))])
def test_what_is_no_outage(error):
    assert outage(error) is None


@pytest.mark.parametrize(
    ("error", "status", "wait", "code"),
    [
        (raised(OperationalError("gone"), errors.AdminShutdown()), 503, "2", "database_unavailable"),
        (raised(OperationalError("database or disk is full")), 507, "60", "storage_full"),
    ],
)
def test_the_api_answers_a_problem(call, owner, monkeypatch, error, status, wait, code):
    monkeypatch.setattr("organizations.viewsets.MemberViewSet.list", failing_with(error))

    answer = call(owner).get(MEMBERS)

    assert (answer.status_code, answer["Retry-After"], answer["Content-Type"]) == (
        status,
        wait,
        "application/problem+json",
    )
    assert (answer.json()["code"], answer.json()["status"]) == (code, status)


def test_an_outage_before_the_view_is_answered_as_one(client, owner, monkeypatch):
    away = raised(OperationalError("gone"), PoolTimeout())
    monkeypatch.setattr("organizations.middleware.MembershipMiddleware.__call__", failing_with(away))
    client.raise_request_exception = False

    answer = client.get(f"/o/{owner.organization.slug}/deals/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert re.search("<h1>(.*)</h1>", answer.content.decode())[1] == "One moment"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (raised(OperationalError("gone"), PoolTimeout()), 503, "One moment"),
        (raised(OperationalError("database is locked")), 503, "One moment"),
        (raised(OperationalError("database or disk is full")), 507, "There is no room left"),
        (raised(OperationalError("no such column")), 500, "Something broke on our side"),
    ],
)
def test_a_page_says_it_in_a_sentence(at, owner, monkeypatch, error, status, words):
    monkeypatch.setattr("deals.board_views.BoardPage.pipeline", failing_with(error))
    browser = at(owner)
    browser.raise_request_exception = False

    page = browser.get(f"/o/{owner.organization.slug}/deals/board/")

    assert (page.status_code, re.search("<h1>(.*)</h1>", page.content.decode())[1]) == (status, words)
    assert ("Retry-After" in page) == (status != 500)
