"""Which failures of the database pass by themselves or by an operator's hand, and what is answered meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from django.db import InterfaceError, OperationalError


@dataclass(frozen=True)
class Outage:
    status: int
    code: str
    sentence: str
    wait: int  # seconds until it makes sense to try again

    @property
    def page(self) -> str:
        return f"{self.status}.html"


BUSY = Outage(503, "busy", "Others are changing the same records. Nothing was changed; try again.", 1)
AWAY = Outage(
    503,
    "database_unavailable",
    "The database does not answer at the moment. What you sent may have been saved or not: look, or send it again "
    "with the same Idempotency-Key.",
    2,
)
SLOW = Outage(503, "too_slow", "This takes too long. Ask for less at once: fewer rows, a narrower filter.", 1)
FULL = Outage(507, "storage_full", "There is no room left to store anything. Nothing was changed.", 60)

IN_THE_WAY = ("40001", "40P01", "55P03")  # changes that collided, a deadlock, a lock not given
GOING = ("57P01", "57P02", "57P03", "53300")  # shut down, crashed, not up yet, no connection left
NO_ROOM = "53100"
GIVEN_UP = "57014"  # a statement beyond statement_timeout
SQLITE = {"database is locked": BUSY, "database or disk is full": FULL}


def outage(error: BaseException | None) -> Outage | None:
    """What this error says of the database; None where it is no outage but our fault."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return None
    cause = error.__cause__
    if isinstance(cause, psycopg.Error):
        return _of_postgresql(cause)
    return SQLITE.get(str(error))


def _of_postgresql(cause: psycopg.Error) -> Outage | None:
    code = cause.sqlstate
    if code is None:  # no word from the server: it is not there, was lost on the way, or the pool waits for it
        return AWAY if isinstance(cause, psycopg.OperationalError) else None
    if code in IN_THE_WAY:
        return BUSY
    if code == GIVEN_UP:
        return SLOW
    if code == NO_ROOM:
        return FULL
    return AWAY if code in GOING or code.startswith("08") else None
