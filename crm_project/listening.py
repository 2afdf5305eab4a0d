"""A connection to PostgreSQL that knows without asking whether the server hung up."""

import select
from typing import Any

from psycopg import Connection

NOTHING = ""  # what a pool sends before it hands a connection out, to see whether it is answered
READABLE = select.POLLIN | select.POLLHUP | select.POLLERR


class ListeningConnection(Connection):
    """Sends nothing where all is quiet: a server that goes away says so, or its end of the line is closed."""

    def execute(self, query: Any, *args: Any, **options: Any) -> Any:
        if query == NOTHING and not self.closed and self._is_quiet():
            return self.cursor()
        return super().execute(query, *args, **options)

    def _is_quiet(self) -> bool:
        line = select.poll()
        line.register(self.fileno(), READABLE)
        return not line.poll(0)
