"""Requests as the proofs send them: over a connection of one's own, to a real server."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
PATIENCE = 120  # seconds that a caller waits for an answer, on a machine that has other work
IDLE = 5  # seconds after which one no longer relies on a connection: the server closes it after fifteen
HARMLESS = 503


class Unanswered(Exception):
    """The connection broke before the answer was there: what was asked for may have been done or not."""


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def is_done(self) -> bool:
        """Also of a form, which sends one on."""
        return 200 <= self.status < 400

    @property
    def is_busy(self) -> bool:
        """Asked to come back: nothing is wrong, nothing is promised."""
        return self.status == HARMLESS and "Retry-After" in self.headers

    def __str__(self) -> str:
        return f"{self.status} {self.body[:200].decode(errors='replace')}"


class Line:
    """A connection that stays open, and is opened anew after it broke."""

    def __init__(self, port: int, patience: float = PATIENCE):
        self.port, self.patience = port, patience
        self._connection: http.client.HTTPConnection | None = None
        self._used = 0.0

    def send(self, request: Request) -> Answer:
        if time.monotonic() - self._used > IDLE:
            self.close()
        connection = self._connection or http.client.HTTPConnection(HOST, self.port, timeout=self.patience)
        self._connection = connection
        try:
            connection.request(request.method, request.path, request.body, request.headers)
            response = connection.getresponse()
            answer = Answer(response.status, dict(response.getheaders()), response.read())
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unanswered(f"{request.method} {request.path}: {type(error).__name__}") from error
        self._used = time.monotonic()
        return answer

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None
