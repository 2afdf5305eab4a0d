"""Callers who never finish what they send, and one who sends without end."""

from __future__ import annotations

import socket
import time
from itertools import cycle, islice
from types import TracebackType
from typing import Self

from crm_project.proof.calls import HOST

HALVES = (  # what a caller sends before it falls silent
    b"",
    b"G",
    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Content-Length: 100\r\n\r\n{",
)
GIANT = (
    b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Content-Length: 10000000000\r\n\r\n"
)
PIECE = b"a" * 65536


class SlowClients:
    """So many connections that are never done, until the `with` ends."""

    def __init__(self, port: int, count: int):
        self.sockets = [socket.create_connection((HOST, port)) for _ in range(count)]

    def __enter__(self) -> Self:
        for caller, half in zip(self.sockets, islice(cycle(HALVES), len(self.sockets)), strict=True):
            caller.sendall(half)
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for caller in self.sockets:
            caller.close()


def send_without_end(port: int, *, pieces: int = 200) -> tuple[int, int]:
    """The status that is answered, and how many bytes were taken until the sender was stopped."""
    with socket.create_connection((HOST, port), timeout=30) as caller:
        caller.sendall(GIANT)
        taken = 0
        try:
            for _ in range(pieces):
                caller.sendall(PIECE)
                taken += len(PIECE)
                time.sleep(0.01)
        except OSError:  # nobody listens any more
            pass
        return _status(caller), taken


def _status(caller: socket.socket) -> int:
    try:
        head = caller.recv(4096)
    except OSError:
        return 0
    return int(head.split()[1]) if head.startswith(b"HTTP/") else 0
