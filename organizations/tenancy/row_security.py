"""The second line on PostgreSQL: the database itself shows a request only the rows of the organization that it is in.

`ROW_SECURITY=on` says that the server's database role is bound by the policies. Then a request is one transaction,
and what it may see is said inside of it, for its length only: a connection that a pool hands on remembers nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

ROLE = """
    SELECT rolsuper, rolbypassrls, EXISTS (
        SELECT FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
        WHERE pg_has_role(relowner, 'USAGE') AND NOT relforcerowsecurity
    ), EXISTS (SELECT FROM pg_policy)
    FROM pg_roles WHERE rolname = current_user
"""
UNBOUND = "ROW_SECURITY is on, but the policies do not bind the database role of DATABASE_URL: it {}. {}"
ANOTHER_ROLE = "Serve with a role of its own, as README.md says under “Row-level security”."


_request: ContextVar[ExitStack | None] = ContextVar("request", default=None)


@contextmanager
def lasting_for_a_request() -> Iterator[None]:
    """What is said inside lasts until its end, in one transaction; who says nothing needs no database."""
    with ExitStack() as stack:
        token = _request.set(stack)
        try:
            yield
        finally:
            _request.reset(token)


@contextmanager
def inside(organization_id: int) -> Iterator[None]:
    """What a command does in one organization, or a request in another one along the way."""
    with _for_a_while("organization_id", organization_id):
        yield


@contextmanager
def admitted(user_id: Any) -> Iterator[None]:
    """What is done for a user who may not be the one who asks."""
    with _for_a_while("user_id", user_id):
        yield


@contextmanager
def _for_a_while(name: str, value: Any) -> Iterator[None]:
    """One transaction, at whose end it is said again what was said before."""
    if not settings.ROW_SECURITY:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [f"app.{name}"])
        before = cursor.fetchone()[0]
        _say(name, value)
        yield
        _say(name, before or "")


def admit(user_id: Any) -> None:
    """From here on this user sees their own memberships, wherever those are."""
    if user_id is not None:
        _say("user_id", user_id)


def enter(organization_id: int) -> None:
    """From here on the rows of this organization are seen and written, and no others."""
    _say("organization_id", organization_id)


def show_invitation(token_hash: str) -> None:
    """From here on the invitation of this token is seen, whichever organization it leads to."""
    _say("invitation", token_hash)


def admit_operator() -> None:
    """From here on all organizations are seen: operators are of none, and act in each."""
    _say("operator", "on")


def _say(name: str, value: Any) -> None:
    if not settings.ROW_SECURITY:
        return
    request = _request.get()
    if request and not connection.in_atomic_block:
        request.enter_context(transaction.atomic())
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [f"app.{name}", str(value)])


def refuse_unbound_role() -> None:
    """Stop the start where the policies would not hold. Raises ImproperlyConfigured."""
    if not settings.ROW_SECURITY:
        return
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        is_superuser, bypasses, owns, are_there = cursor.fetchone()
    connection.close()
    reasons = {
        "is a superuser": is_superuser,
        "has BYPASSRLS": bypasses,
        "owns tables that do not FORCE them": owns,
    }
    for reason in [reason for reason, is_so in reasons.items() if is_so]:
        raise ImproperlyConfigured(UNBOUND.format(reason, ANOTHER_ROLE))
    if not are_there:
        raise ImproperlyConfigured("ROW_SECURITY is on, but there are no policies yet: run `manage.py migrate` first.")
