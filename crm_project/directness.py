"""A connection that knows whether PostgreSQL itself is at its other end, or a pooler that hands it to others too."""

from __future__ import annotations

from typing import Any

from psycopg.types.numeric import Int8Dumper

from crm_project.instants import QuickConnection


class DirectConnection(QuickConnection):
    """A server's process keeps what it was told to prepare; behind a pooler the next transaction may be another's."""

    is_direct = False

    @classmethod
    def connect(cls, *args: Any, **options: Any) -> Any:
        opened: Any = super().connect(*args, **options)
        opened.is_direct = _process_behind(opened.pgconn) == opened.pgconn.backend_pid
        if opened.is_direct:
            _plan_for_all_values(opened)
        return opened


def _plan_for_all_values(opened: Any) -> None:
    """One plan for each statement: numbers of all sizes are of one type, and what is prepared is not planned anew."""
    opened.adapters.register_dumper(int, Int8Dumper)
    opened.pgconn.exec_(b"SET plan_cache_mode = force_generic_plan")


def _process_behind(line: Any) -> int | None:
    """Which process works for us. A pooler names one of its own invention when a connection is opened."""
    answer = line.exec_(b"SELECT pg_backend_pid()")  # below psycopg, which would begin a transaction
    found = answer.get_value(0, 0)
    return int(found) if found else None
