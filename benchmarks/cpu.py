"""What processes took of the processor and hold of the memory, as /proc tells it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.db import connection

PROC = Path("/proc")
Times = dict[int, float]  # seconds by process


@dataclass(frozen=True)
class Cpu:
    """Seconds of the processor, the server's and the database's."""

    server: float
    database: float


class Meter:
    """Reads the processor's time of a server (its whole tree), and of the database's processes that serve it.

    The database's processes are known by the application name that the server gives them. A Redis counts as database.
    """

    def __init__(self, root: int | None, application: str):
        self.root, self.application = root, application

    def read(self) -> tuple[Times, Times]:
        return times(tree(self.root)) if self.root else {}, times([*backends(self.application), *keepers()])

    def between(self, before: tuple[Times, Times], after: tuple[Times, Times]) -> Cpu:
        """What was taken between two readings; who came in the meantime began at nothing."""
        taken = [
            sum(seconds - earlier.get(pid, 0.0) for pid, seconds in later.items())
            for earlier, later in zip(before, after, strict=True)
        ]
        return Cpu(*taken)


def times(pids: Iterable[int]) -> Times:
    return {pid: seconds for pid in pids if (seconds := _seconds(pid)) is not None}


def _seconds(pid: int) -> float | None:
    """User and system time of all its threads, to the nanosecond; None when it is gone."""
    try:
        tasks = list((PROC / str(pid) / "task").iterdir())
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
    except FileNotFoundError:
        return None


def tree(root: int) -> list[int]:
    """This process and all that descend from it."""
    parents = dict(_parents())
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _parents() -> Iterable[tuple[int, int]]:
    for path in PROC.glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            yield int(path.name), int((path / "stat").read_text().rpartition(")")[2].split()[1])


def backends(application: str) -> list[int]:
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s",
            [application],
        )
        return [pid for (pid,) in cursor.fetchall()]


@cache
def keepers() -> list[int]:
    """The process that keeps the cache, where one does."""
    kept: Any = caches["default"]
    return [kept._cache.get_client().info("server")["process_id"]] if isinstance(kept, RedisCache) else []


def memory(root: int) -> float:
    """Megabytes that this process and its descendants hold."""
    held = 0
    for pid in tree(root):
        lines = (PROC / str(pid) / "status").read_text().splitlines()
        held += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return held / 1024
