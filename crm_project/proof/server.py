"""The real server that the proofs attack: gunicorn, killed and started again as a supervisor would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

from crm_project.proof.calls import Line, Request, Unanswered
from crm_project.proof.ports import free_port

APPLICATION = "crm_project.wsgi"
STARTING = 60  # seconds at most, on a machine that has other work


class Server:
    """One gunicorn on the database of this process, until the `with` ends."""

    def __init__(self, *, application: str = APPLICATION, threads: int = 16, **environment: str):
        self.port = free_port()
        self.application = application
        self.environment = {
            **os.environ,
            "SECRET_KEY": settings.SECRET_KEY,
            "CRM_THROTTLE": "off",
            "EMAIL_URL": "dummymail://",
            "THREADS": str(threads),
            "BIND": f"127.0.0.1:{self.port}",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        self.wait()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        command = (sys.executable, "-m", "gunicorn", self.application, "--config=gunicorn.conf.py")
        self.process = subprocess.Popen(
            [*command, "--log-level=critical"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait(self, seconds: float = STARTING) -> float:
        """The seconds until it answers again."""
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            if self._is_alive():
                return time.monotonic() - start
            if self._running.poll() is not None:
                raise RuntimeError("The server ended before it answered.")
            time.sleep(0.02)
        raise TimeoutError(f"The server did not answer within {seconds} seconds.")

    def _is_alive(self) -> bool:
        line = Line(self.port, patience=5)
        try:
            return line.send(Request("GET", "/healthz", {"Connection": "close"})).is_done
        except Unanswered:
            return False
        finally:
            line.close()

    def kill_worker(self) -> None:
        """Its master starts another one."""
        for worker in workers_of(self._running.pid):
            os.kill(worker, signal.SIGKILL)

    def kill(self) -> None:
        """Master and workers at once, as when the machine's memory ends."""
        os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.kill()

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            raise RuntimeError("The server was not started.")
        return self.process


def workers_of(master: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it ended meanwhile
            continue
        if parent == master:
            yield int(status.parent.name)
