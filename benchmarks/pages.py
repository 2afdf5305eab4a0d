"""How long the server takes for every page of a team with 10,000 deals, and how much a browser loads for it.

    python -m benchmarks.pages [--deals 10000] [--rounds 15]

Asks the pages of a real gunicorn over HTTP, each in turn in every round, and prints the median and the slowest answer
in milliseconds, the statements, and the compressed weight in kB of the page and of its styles, scripts and drawings.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management import call_command

from benchmarks.addresses import cookie_of, pages_of
from benchmarks.team import make_team

GUNICORN = (sys.executable, "-m", "gunicorn", "crm_project.wsgi", "--config=gunicorn.conf.py", "--log-level=warning")
PORT = 8199
FEWEST_DEALS = 100  # a team has a company for twenty of them
FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')
IMPORTS = re.compile(r"""^(?:@import url\("([^"]+)"\)|import .*?['"]([^'"]+)['"])""", re.MULTILINE)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--deals", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=15)
    options = arguments.parse_args()
    if options.deals < FEWEST_DEALS or options.rounds < 1:
        arguments.error(f"Ask for {FEWEST_DEALS} deals and one round at least.")
    call_command("migrate", verbosity=0)
    owner = make_team(options.deals)
    server = subprocess.Popen([*GUNICORN, f"--bind=127.0.0.1:{PORT}"])
    try:
        measure(pages_of(owner), cookie_of(owner), options.rounds)
    finally:
        server.terminate()
        server.wait()


def measure(paths: dict[str, int], cookie: str, rounds: int) -> None:
    browser = Browser(cookie)
    taken: dict[str, list[float]] = {path: [] for path in paths}
    for _round in range(rounds + 1):
        for path in paths:
            taken[path].append(browser.load(path)[0])
    print(f"{'page':44} {'median ms':>9} {'slowest':>8} {'queries':>7} {'page kB':>8} {'files kB':>8}")
    for path, times in taken.items():
        page = browser.load(path)[1]
        files = sum(browser.weight(file) for file in browser.files_of(page))
        alone = len(gzip.compress(page))
        row = statistics.median(times[1:]), max(times[1:]), alone / 1000, files / 1000
        print(f"{path:44} {row[0]:9.1f} {row[1]:8.1f} {paths[path]:7} {row[2]:8.1f} {row[3]:8.1f}")


class Browser:
    """One connection that stays open, as a browser keeps it."""

    def __init__(self, cookie: str):
        self.headers = {"Cookie": cookie}
        self.connection = self._connect()

    def _connect(self) -> http.client.HTTPConnection:
        for _attempt in range(100):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
                connection.connect()
                return connection
            except OSError:
                time.sleep(0.1)
        raise SystemExit("The server did not start.")

    def load(self, path: str) -> tuple[float, bytes]:
        """Milliseconds until the last byte, and the answer."""
        start = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        answer: Any = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}.")
        return (time.perf_counter() - start) * 1000, body

    def files_of(self, page: bytes) -> set[str]:
        """The styles, scripts and drawings of a page, and what those import."""
        found = {path.partition("#")[0] for path in FILES.findall(page.decode())}
        for path in [path for path in found if path.endswith((".css", ".js"))]:
            text = self.load(path)[1].decode()
            names = [one or other for one, other in IMPORTS.findall(text)]
            found |= {str(Path(path).parent / name) for name in names}
        return found

    def weight(self, path: str) -> int:
        return len(gzip.compress(self.load(path)[1]))


if __name__ == "__main__":
    main()
