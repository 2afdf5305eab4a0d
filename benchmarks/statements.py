"""Which statements a request makes, heard in this process; and the same ones sent by the bare driver."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import Any

from django.db import connection
from django.test import Client

from benchmarks.requests import Request

Statement = tuple[str, Any]
OF_THE_TRANSACTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


class Witness:
    """Our server in this process, as its first request leaves it and as every later one finds it."""

    def __init__(self) -> None:
        self.client = Client(SERVER_NAME="127.0.0.1")

    def statements(self, request: Request) -> list[Statement]:
        heard: list[Statement] = []

        def hear(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if not sql.startswith(OF_THE_TRANSACTION):
                heard.append((sql, params))
            return execute(sql, params, many, context)

        if request.before:
            self.answer(request.before)
        with connection.execute_wrapper(hear):
            self.answer(request)
        return heard

    def answer(self, request: Request) -> None:
        names = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
        kind = "application/json" if request.body is not None else "application/octet-stream"
        answer: Any = self.client.generic(request.method, request.path, request.content, kind, **names)
        if not 200 <= answer.status_code < 300:
            raise SystemExit(f"{request.method} {request.path} answered {answer.status_code}: {answer.content[:300]}")


class Bare:
    """The statements of some requests, sent by the database's driver alone: no Django, and nothing made of the rows."""

    def __init__(self, requests: list[list[Statement]]):
        self.requests = requests

    def run(self, seconds: float, fewest: int) -> Iterator[float]:
        """Seconds that each took, for so long and at least so many."""
        connection.ensure_connection()
        stop, done = time.perf_counter() + seconds, 0
        while time.perf_counter() < stop or done < fewest:
            start = time.perf_counter()
            self._send(self.requests[done % len(self.requests)])
            done += 1
            yield time.perf_counter() - start

    def _send(self, statements: list[Statement]) -> None:
        changes = any(not sql.startswith("SELECT") or "FOR UPDATE" in sql for sql, _ in statements)
        with _transaction() if changes else nullcontext(), closing(connection.create_cursor()) as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()


@contextmanager
def _transaction() -> Iterator[None]:
    with closing(connection.create_cursor()) as cursor:
        cursor.execute("BEGIN" if connection.vendor == "postgresql" else "BEGIN IMMEDIATE", None)
        yield
        cursor.execute("COMMIT", None)
