"""Starts servers as production does: gunicorn with the project's own configuration."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.cpu import Meter

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Server:
    """Where a server answers, and how its processor time is read."""

    name: str
    host: str
    port: int
    meter: Meter


@contextmanager
def serving(name: str, application: str, port: int, *options: str, **environment: str) -> Iterator[Server]:
    """A gunicorn of this application, until the end of the block."""
    if _answers(port):  # else somebody else's would be measured
        raise SystemExit(f"Port {port} is taken: name another one by --port.")
    variables = {**os.environ, "PGAPPNAME": f"benchmark {name}", **environment}
    command = [sys.executable, "-m", "gunicorn", application, "--config=gunicorn.conf.py", "--log-level=warning"]
    process = subprocess.Popen([*command, f"--bind={HOST}:{port}", *options], env=variables)
    try:
        _wait_for(process, port)
        yield Server(name, HOST, port, Meter(process.pid, f"benchmark {name}"))
    finally:
        process.terminate()
        process.wait()


def _wait_for(process: subprocess.Popen, port: int) -> None:
    for _attempt in range(600):
        if process.poll() is not None:
            raise SystemExit(f"The server on port {port} did not start: see what it says above.")
        if _answers(port):
            return
        time.sleep(0.1)
    process.terminate()
    raise SystemExit(f"The server on port {port} did not start within a minute.")


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def foreign(url: str, pid: int | None) -> Server:
    """A server that somebody else started; without its process id its processor time is not seen."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("--against is a URL like http://127.0.0.1:9000.")
    return Server("against", parts.hostname, parts.port or 80, Meter(pid, "benchmark against"))
