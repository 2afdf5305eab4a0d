"""What time it is for the records: now, or the moment that a command replays."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_replayed: ContextVar[datetime | None] = ContextVar("replayed", default=None)


def now() -> datetime:
    """The present instant in UTC, or the one that is being replayed."""
    return _replayed.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at this moment: for commands that write a history as it was."""
    token = _replayed.set(moment)
    try:
        yield
    finally:
        _replayed.reset(token)
