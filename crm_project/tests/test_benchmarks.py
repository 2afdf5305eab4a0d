"""The benchmarks run at all, and what they compare answers the same. Nothing that is timed is asserted."""

import os
import re
import socket
import subprocess
import sys

import pytest
from django.conf import settings

ROW = re.compile(r"\| (first page|create) (\| \d+\.\d\d ){3}(\| \d+(\.\d)? ){3}\| (\d+) \|")
FEW = ("--deals=100", "--seconds=0.01", "--fewest=2", "--connections=2")


def environment(folder):
    """On SQLite, whatever the tests run on."""
    database = f"sqlite:///{folder}/benchmark.sqlite3"
    return {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "crm_project.settings"}


def run(folder, module, *arguments):
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment(folder), capture_output=True, text=True)


@pytest.fixture
def port():
    """The first of three that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return min(probe.getsockname()[1], 65_000)


def test_the_baseline_answers_as_we_do_and_each_scenario_has_its_row(tmp_path, port):
    names = ("--only=first page", "--only=create")

    ended = run(tmp_path, "api", *FEW, *names, f"--port={port}")

    assert ended.returncode == 0, ended.stderr
    assert "The same rows in 10 lists of ours and of the baseline, and the same deals." in ended.stdout
    assert [found[1] for found in ROW.finditer(ended.stdout)] == ["first page", "create"]


def test_nonsense_is_refused_in_a_sentence(tmp_path):
    asked = (
        "--rounds=3",
        "--deals=99",
        "--connections=65",
        "--fewest=1",
        "--only=flight",
        "--against=http://127.0.0.1:9",
    )
    script = (
        "from benchmarks.api import _objection, _parser\n"
        f"for asked in {asked}: print(_objection(_parser().parse_args([asked])))"
    )

    said = subprocess.check_output(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, env=environment(tmp_path), text=True
    )

    assert said.splitlines()[:4] == [
        "--rounds is 4 at least: fewer say nothing of the spread.",
        "--deals is 100 at least: the pages of fewer are all the first.",
        "--connections is from 1 to 64.",
        "--fewest is 2 requests at least.",
    ]
    assert said.splitlines()[4].startswith("There is no scenario 'flight'. There are: first page, first by cursor,")
    assert said.splitlines()[5] == "--against and --adapter come together: where the server is, and how it is asked."


def test_many_writers_are_counted_on_sqlite(tmp_path, port):
    few = ("--deals=100", "--seconds=0.2", "--connections=3", f"--port={port}")

    ended = run(tmp_path, "writers", *few)

    assert ended.returncode == 0, ended.stderr
    assert re.search(r"3 connections, \d+ s: \d+ changes, p50 \d+ ms, p99 \d+ ms, 0 errors\.\n$", ended.stdout)
