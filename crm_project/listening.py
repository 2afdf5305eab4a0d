"""A connection to PostgreSQL that knows without asking whether the server hung up."""

import select
import time
from typing import Any

from psycopg import Connection

NOTHING = ""  # what a pool sends before it hands a connection out, to see whether it is answered
READABLE = select.POLLIN | select.POLLHUP | select.POLLERR
FRESH = 30  # seconds after its last use in which nobody on the way has forgotten a connection


class ListeningConnection(Connection):
    """Sends nothing where all is quiet and it was in use a moment ago.

    A server that goes away says so, or closes its end of the line. One that was lost on the way does not: who comes
    after a while asks.
    """

    _handed_out = 0.0

    def set_autocommit(self, value: bool) -> None:
        """Django says so to each connection that it is handed."""
        if value != self.autocommit:
            super().set_autocommit(value)

    def execute(self, query: Any, *args: Any, **options: Any) -> Any:
        if query != NOTHING:
            return super().execute(query, *args, **options)
        before, self._handed_out = self._handed_out, time.monotonic()
        if not self.closed and self._handed_out - before < FRESH and self._is_quiet():
            return None
        return super().execute(query, *args, **options)

    def _is_quiet(self) -> bool:
        line = select.poll()
        line.register(self.fileno(), READABLE)
        return not line.poll(0)
