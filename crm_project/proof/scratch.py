"""Empty databases for the proofs: copies of one that is migrated once, in a file or in a cluster of their own."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql

from crm_project.proof.services import CLUSTER, Cluster

ROOT = Path(__file__).resolve().parents[2]
MODEL = "kontor_migrated"


class Scratch(Protocol):
    def environment(self) -> dict[str, str]:
        """What tells a process to work on an empty, migrated database that nobody else uses."""

    def remove(self) -> None: ...


def environment(url: str, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": url,
        "CRM_THROTTLE": "off",
        "EMAIL_URL": "dummymail://",
        "SECRET_KEY": secrets.token_hex(32),
        **more,
    }


def migrate(url: str) -> None:
    subprocess.run((sys.executable, "manage.py", "migrate", "-v0"), cwd=ROOT, env=environment(url), check=True)


class Files:
    """SQLite."""

    def __init__(self) -> None:
        self.folder, self._numbers = Path(tempfile.mkdtemp(prefix="kontor-proof-")), count(1)
        migrate(f"sqlite:///{self.folder}/{MODEL}.sqlite3")

    def environment(self) -> dict[str, str]:
        copy = self.folder / f"{next(self._numbers)}.sqlite3"
        shutil.copy(self.folder / f"{MODEL}.sqlite3", copy)
        return environment(f"sqlite:///{copy}")

    def remove(self) -> None:
        shutil.rmtree(self.folder)


class Databases:
    """PostgreSQL: a cluster that a proof may stop and crash."""

    def __init__(self) -> None:
        self.cluster, self._numbers = Cluster.make(), count(1)
        self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(MODEL)))
        migrate(self.cluster.url(MODEL))

    def environment(self) -> dict[str, str]:
        name = f"proof_{next(self._numbers)}"
        names = (sql.Identifier(name), sql.Identifier(MODEL))
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        return environment(self.cluster.url(name), **{CLUSTER: self.cluster.address})

    def remove(self) -> None:
        self.cluster.remove()

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
