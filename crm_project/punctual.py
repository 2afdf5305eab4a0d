"""gunicorn's worker with threads that wait only so long for a request: else a few slow callers hold them all."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

PATIENCE = 10.0  # seconds for a request to arrive whole
HURRY = 5.0  # the same while others wait for a thread


class Arrival:
    """A request that a thread reads: it has arrived when its head and all of its body are there."""

    def __init__(self, connection: Any):
        self.connection, self.begun = connection, time.monotonic()
        self.request: Any = None  # once its head is there
        self.is_cut_off = False

    def meet(self, request: Any) -> None:
        self.request = request
        self._say_farewell()

    @property
    def is_complete(self) -> bool:
        return self.request is not None and getattr(self.request.body.reader, "length", 1) == 0

    def is_late(self, now: float, patience: float) -> bool:
        """Not where more of it lies ready: then it is we who are slow."""
        return now - self.begun > patience and not self.is_complete and not is_readable(self.connection.sock)

    def cut_off(self) -> None:
        """Whoever reads it meets its end, as if the caller had gone."""
        self.is_cut_off = True
        self._say_farewell()
        with suppress(OSError):
            self.connection.sock.shutdown(socket.SHUT_RD)

    def _say_farewell(self) -> None:
        """The answer, if there will be one, tells that it is the last one on this connection."""
        if self.is_cut_off and self.request:
            self.request.force_close()


def is_readable(connection: socket.socket) -> bool:
    poll = select.poll()
    try:
        poll.register(connection, select.POLLIN)
    except ValueError:  # it is closed
        return False
    return bool(poll.poll(0))


def late(arrivals: Iterable[Arrival], now: float, *, others_wait: bool) -> list[Arrival]:
    patience = HURRY if others_wait else PATIENCE
    return [arrival for arrival in arrivals if arrival.is_late(now, patience)]


class PunctualWorker(ThreadWorker):
    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.arrivals: dict[Any, Arrival] = {}

    def handle(self, conn: Any) -> Any:
        self.arrivals[conn] = Arrival(conn)
        try:
            return super().handle(conn)
        finally:
            self.arrivals.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        self.arrivals[conn].meet(req)
        return super().handle_request(req, conn)

    def notify(self) -> None:
        """Called each second, while the threads read."""
        super().notify()
        others_wait = self.tpool is not None and self.tpool._work_queue.qsize() > 0
        for arrival in late(list(self.arrivals.values()), time.monotonic(), others_wait=others_wait):
            arrival.cut_off()
