"""Instants are read from PostgreSQL by psycopg's own loader: Django's, in Python, takes ten times as long."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from psycopg import adapters
from psycopg.pq import Format

from crm_project.listening import ListeningConnection

LOADER: Any = adapters.get_loader(adapters.types["timestamptz"].oid, Format.TEXT)


class Instants:
    """Makes psycopg's loader, which answers in the time zone of its connection, and says so as Django's would.

    Where a connection is of another zone than this, Django gives its cursors a loader of its own.
    """

    format, timezone = Format.TEXT, UTC

    def __new__(cls, oid: int, context: Any) -> Any:
        return LOADER(oid, context)


class QuickConnection(ListeningConnection):
    """Reads instants quickly, and listens."""

    @classmethod
    def connect(cls, *args: Any, **options: Any) -> Any:
        opened: Any = super().connect(*args, **options)
        opened.adapters.register_loader("timestamptz", Instants)
        return opened
