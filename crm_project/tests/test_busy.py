"""Two who change the same records may get into each other's way: one is asked to try again, not told of a failure."""

import pytest
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, UndefinedColumn

pytestmark = pytest.mark.django_db

MEMBERS = "/api/v1/members"


def failing_with(error, cause):
    def fail(*_, **__):
        raise error from cause

    return fail


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OperationalError("deadlock detected"), DeadlockDetected()),
        (OperationalError("database is locked"), None),
    ],
)
def test_who_is_in_the_way_is_asked_to_try_again(call, owner, monkeypatch, error, cause):
    monkeypatch.setattr("organizations.viewsets.MemberViewSet.narrow", failing_with(error, cause))

    answer = call(owner).get(MEMBERS)

    assert (answer.status_code, answer["Retry-After"]) == (503, "1")
    assert answer.json()["code"] == "busy"


@pytest.mark.parametrize("cause", [UndefinedColumn(), None])
def test_other_failures_of_the_database_are_our_fault(call, owner, monkeypatch, cause):
    monkeypatch.setattr(
        "organizations.viewsets.MemberViewSet.narrow", failing_with(OperationalError("no such column"), cause)
    )
    caller = call(owner)
    caller.raise_request_exception = False

    assert caller.get(MEMBERS).json()["code"] == "server_error"


def test_what_takes_too_long_is_given_up(call, owner, monkeypatch):
    """On PostgreSQL, which counts the time of a statement; `STATEMENT_TIMEOUT` sets it for all of them."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL gives a statement up")

    def search_for_long(_, members):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 10")
            cursor.execute("SELECT pg_sleep(5)")

    monkeypatch.setattr("organizations.viewsets.MemberViewSet.narrow", search_for_long)

    answer = call(owner).get(MEMBERS)

    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "too_slow", "1")
