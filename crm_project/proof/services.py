"""Databases and a cache of the proofs' own, which may be stopped, crashed and filled: a PostgreSQL cluster, a Redis."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crm_project.proof.ports import free_port

CLUSTER = "PROOF_CLUSTER"  # names to a proof the cluster that it may stop
UNPRIVILEGED = "postgres"  # PostgreSQL refuses to run as root
SETTINGS = (
    "max_connections = 100\nshared_buffers = 64MB\nunix_socket_directories = ''\nlisten_addresses = '127.0.0.1'\n"
)


class Missing(Exception):
    """A program that a proof needs is not installed here."""


def program(name: str, folders: str = "") -> str:
    places = [str(place) for place in sorted(Path("/").glob(folders), reverse=True)] if folders else []
    found = shutil.which(name, path=os.pathsep.join([*places, os.environ.get("PATH", "")]))
    if found is None:
        raise Missing(f"{name} is not installed.")
    return found


def postgresql(name: str) -> str:
    return program(name, "usr/lib/postgresql/*/bin")


class Cluster:
    """A PostgreSQL cluster in a folder; durable as in production, for its crashes are part of a proof."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.port = folder, port

    @classmethod
    def make(cls) -> Self:
        initdb = postgresql("initdb")
        folder = Path(tempfile.mkdtemp(prefix="kontor-cluster-"))
        if os.getuid() == 0:
            shutil.chown(folder, UNPRIVILEGED, UNPRIVILEGED)
        cluster = cls(folder, 0)
        cluster._run(initdb, "--pgdata", f"{folder}/data", "--username=postgres", "--auth=trust", "--encoding=UTF8")
        cluster.port = free_port()
        (folder / "data" / "postgresql.auto.conf").write_text(f"{SETTINGS}port = {cluster.port}\n")
        cluster.start()
        return cluster

    @classmethod
    def handed(cls) -> Self:
        """The one that this proof was handed."""
        folder, _, port = os.environ.get(CLUSTER, "").rpartition(":")
        if not port:
            raise Missing(
                f"Only `make prove` hands out a database to stop; {CLUSTER}=<folder>:<port> names another one."
            )
        return cls(Path(folder), int(port))

    @property
    def address(self) -> str:
        return f"{self.folder}:{self.port}"

    def url(self, name: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        self._control("start", "--wait", f"--log={self.folder}/log")

    def stop(self, mode: str = "fast") -> None:
        """`fast` as an operator stops it; `immediate` as when the machine crashes."""
        self._control("stop", f"--mode={mode}")

    def remove(self) -> None:
        with suppress(subprocess.CalledProcessError):  # a proof that was ended may have left it stopped
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _control(self, *words: str) -> None:
        self._run(postgresql("pg_ctl"), "--pgdata", f"{self.folder}/data", *words)

    def _run(self, *command: str) -> None:
        owner: dict[str, Any] = {}
        if os.getuid() == 0:
            owner = {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **owner)


class Redis:
    """A Redis in a folder of its own, which comes back with what it knew when it went."""

    def __init__(self, folder: Path):
        self.port, self.folder = free_port(), folder
        self.command = (program("redis-server"), "--port", str(self.port), "--dir", str(folder), "--save", "3600", "1")
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while not self._listens():
            if time.monotonic() > until:
                raise TimeoutError("Redis did not start within 30 seconds.")
            time.sleep(0.02)

    def stop(self) -> None:
        """It writes down what it knows first."""
        if self.process:
            self.process.terminate()
            self.process.wait()

    def _listens(self) -> bool:
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.port)) == 0
