"""Statements whose best plan is the same for all values: PostgreSQL makes it once for each connection."""

from __future__ import annotations

from typing import Any

from psycopg import Cursor
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus


class PlannedCursor(Cursor[Any]):
    """Has what it sends prepared."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        line: Any = self.connection
        try:
            return self._execute_planned(line, query, params)
        except FeatureNotSupported:  # a column is of another type than when it was planned: somebody migrated meanwhile
            line.is_direct = False  # this one plans no more, and is replaced within the hour
            if line.info.transaction_status != TransactionStatus.IDLE:
                raise
            return super().execute(query, params)

    def _execute_planned(self, line: Any, query: Any, params: Any) -> Any:
        """At once; else nothing is planned, for psycopg would keep what it counts, values and all."""
        usual, line.prepare_threshold = line.prepare_threshold, 0
        try:
            return super().execute(query, params)
        finally:
            line.prepare_threshold = usual


def planned_cursor(connection: Any) -> Any:
    """One that has its statements planned once, where the database keeps plans for this connection.

    Who listens to statements hears them with their values.
    """
    connection.ensure_connection()
    if connection.queries_logged or not getattr(connection.connection, "is_direct", False):
        return connection.cursor()
    # As Django wraps its own. The pool has looked after the connection's health, and its time zone is UTC, as Django's.
    return connection._prepare_cursor(PlannedCursor(connection.connection))
