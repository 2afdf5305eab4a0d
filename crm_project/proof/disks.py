"""Disks that get full and are emptied again: a limit of pages for SQLite, a small file system for PostgreSQL."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from crm_project.proof.narrow_disk import MOST_PAGES
from crm_project.proof.server import Server
from crm_project.proof.services import UNPRIVILEGED, Cluster, Missing

ROOM = 60  # pages that SQLite may still take
SMALL, LEFT = 64 << 20, 512 << 10  # bytes of the small file system, and those that are left in it
PLENTY = 1 << 30


class Pages:
    """SQLite: the server is started with less room, and again with more."""

    application = "crm_project.proof.narrow_disk"

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            self.environment = {MOST_PAGES: str(cursor.fetchone()[0] + ROOM)}

    def fill(self) -> None:
        """It is as good as full from the start."""

    def empty(self, server: Server) -> None:
        server.kill()
        server.environment[MOST_PAGES] = str(PLENTY)
        server.start()
        server.wait()

    def remove(self) -> None:
        """There is nothing to remove."""


class Tablespace:
    """PostgreSQL: its tables move to a file system in memory, which other files fill."""

    application = "crm_project.wsgi"
    environment: dict[str, str] = {}

    def __init__(self) -> None:
        self.folder = Cluster.handed().folder / "small"
        self.filler = self.folder / "filler"
        self.folder.mkdir()
        mounted = subprocess.run(
            ("mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(self.folder)), check=False
        )
        if mounted.returncode:
            raise Missing("A small file system needs the right to mount one.")
        shutil.chown(self.folder, UNPRIVILEGED, UNPRIVILEGED)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLESPACE small LOCATION %s", [str(self.folder)])
        self._move("pg_default", "small")

    def fill(self) -> None:
        """Not to the byte: others write meanwhile, and it may be full before all of ours is written."""
        with self.filler.open("wb", buffering=0) as filler:
            filler.write(b"\0" * (free(self.folder) - LEFT))

    def empty(self, server: Server) -> None:
        self.filler.unlink()

    def remove(self) -> None:
        self._move("small", "pg_default")
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLESPACE small")
        subprocess.run(("umount", "--lazy", str(self.folder)), check=True)

    def _move(self, here: str, there: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE ALL IN TABLESPACE {here} SET TABLESPACE {there}")
            cursor.execute(f"ALTER INDEX ALL IN TABLESPACE {here} SET TABLESPACE {there}")


def free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


@contextmanager
def disk() -> Iterator[Pages | Tablespace]:
    """Nothing stays mounted, whatever happens."""
    narrow = Tablespace() if connection.vendor == "postgresql" else Pages()
    try:
        yield narrow
    finally:
        narrow.remove()
