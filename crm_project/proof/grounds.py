"""Where proofs run: a database for each, on a server that is made when the first of them needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock
from types import TracebackType
from typing import Self

from crm_project.proof.proofs import POSTGRESQL, SQLITE
from crm_project.proof.scratch import Databases, Files, Scratch

SCRATCHES: dict[str, Callable[[], Scratch]] = {SQLITE: Files, POSTGRESQL: Databases}


class Grounds:
    """For proofs that run side by side; all is removed when the `with` ends."""

    def __init__(self) -> None:
        self._made: dict[str, Scratch] = {}
        self._locks = {name: Lock() for name in SCRATCHES}
        self._removed_at_the_end = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._removed_at_the_end.close()

    @contextmanager
    def database(self, name: str, *, alone: bool) -> Iterator[dict[str, str]]:
        """What tells a process of it; `alone` on a server that nobody else would miss. Raises Missing."""
        if not alone:
            yield self._shared(name)
            return
        scratch = SCRATCHES[name]()
        try:
            yield scratch.environment()
        finally:
            scratch.remove()

    def _shared(self, name: str) -> dict[str, str]:
        with self._locks[name]:  # a model is copied only while nobody else looks at it
            if name not in self._made:
                self._made[name] = SCRATCHES[name]()
                self._removed_at_the_end.callback(self._made[name].remove)
            return self._made[name].environment()
