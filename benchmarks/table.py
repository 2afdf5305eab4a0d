"""Prints what was measured, in the form of a table that a README takes."""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path

import django
from django.db import connection

from benchmarks import ground
from benchmarks.cpu import keepers
from benchmarks.rounds import Measured, cpu_of, database_of
from deals.models import Deal

TITLES = ("scenario", "CPU ms", "server", "database", "a second", "p50 ms", "p99 ms", "statements")


def describe_machine(options: argparse.Namespace) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version()" if connection.vendor == "postgresql" else "SELECT 'SQLite ' || sqlite_version()"
        )
        stores = [cursor.fetchone()[0].split(" (")[0].split(" on ")[0], *(["Redis"] if keepers() else [])]
    models = [
        line.partition(": ")[2] for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    ]
    print(
        f"{os.cpu_count()} × {models[0] if models else platform.machine()}, load {os.getloadavg()[0]:.1f}; "
        f"Python {platform.python_version()}, Django {django.__version__}, {' and '.join(stores)}; "
        f"{Deal.objects.count():,} deals, {ground.largest().size:,} of them in the organization that is asked; "
        f"{options.rounds} rounds of {options.seconds:g} s, {options.connections} connections."
    )


def print_titles(parties: list[str]) -> None:
    others = [name for name in parties if name != "ours"]
    titles = [*TITLES, *(f"CPU to {name}" for name in others), "database to bare"]
    print(f"| {' | '.join(titles)} |\n|{' --- |' * len(titles)}", flush=True)


def print_row(scenario: str, measured: dict[str, Measured], statements: int, parties: list[str]) -> None:
    ours = measured["ours"]
    cells = [
        scenario,
        f"{ours.server_ms + ours.database_ms:.2f}",
        f"{ours.server_ms:.2f}",
        f"{ours.database_ms:.2f}",
        f"{ours.per_second:.0f}",
        f"{ours.latency_ms(50):.1f}",
        f"{ours.latency_ms(99):.1f}",
        str(statements),
    ]
    for name in parties:
        if name != "ours":
            cells.append(str(ours.against(measured[name], cpu_of)) if name in measured else "")
    cells.append(str(ours.against(measured["bare"], database_of)) if "bare" in measured else "")
    print(f"| {' | '.join(cells)} |", flush=True)
