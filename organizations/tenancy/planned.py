"""Statements whose best plan is the same for all values: PostgreSQL makes it once for each connection."""

from __future__ import annotations

from typing import Any

from psycopg import Cursor


class PlannedCursor(Cursor[Any]):
    """Has what it sends prepared."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        return super().execute(query, params, prepare=True)


def planned_cursor(connection: Any) -> Any:
    """One that has its statements planned once, where the database keeps plans for this connection.

    Who listens to statements hears them with their values.
    """
    connection.ensure_connection()
    if connection.queries_logged or not getattr(connection.connection, "is_direct", False):
        return connection.cursor()
    return connection._prepare_cursor(PlannedCursor(connection.connection))  # as Django wraps its own
