"""Whether SQLite takes many writers at once: 16 connections create, change and comment for a minute.

    python -m benchmarks.writers [--seconds 60] [--connections 16] [--deals 10000]

Prints how many were answered, and every answer that was no success.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import cycle
from statistics import quantiles

from django.db import connection

from benchmarks import ground, kontor
from benchmarks.driver import Driver
from benchmarks.parties import Visited
from benchmarks.servers import serving
from benchmarks.world import World

CHANGES = ("create", "move to a stage", "comment")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--deals", type=int, default=10_000)
    parser.add_argument("--port", type=int, default=8190)
    options = parser.parse_args()
    if connection.vendor != "sqlite":
        parser.error("This is about SQLite: leave DATABASE_URL out, or name a file in it.")
    if not (0 < options.seconds <= 600 and 1 <= options.connections <= 64 and options.deals >= 100):
        parser.error("Ask for at most 600 seconds, 1 to 64 connections, and 100 deals at least.")
    ground.prepare(options.deals)
    with serving("ours", "crm_project.wsgi", options.port, THREADS=str(options.connections)) as server:
        visited = Visited(server, kontor.REQUESTS, World(ground.largest()), options.connections)
        write(visited, options.seconds)


def write(visited: Visited, seconds: float) -> None:
    visited.world.renew()
    with Driver(visited.server.host, visited.server.port, visited.connections) as driver:
        load = driver.run(_changes(visited), seconds=seconds, fewest=2, longest=seconds + 60)
    cuts = quantiles(load.latencies, n=100, method="inclusive")
    print(
        f"{visited.connections} connections, {load.seconds:.0f} s: {len(load.latencies):,} changes, "
        f"p50 {1000 * cuts[49]:.0f} ms, p99 {1000 * cuts[98]:.0f} ms, "
        f"{driver.wrong.total()} errors{f' {dict(driver.wrong)}' if driver.wrong else ''}."
    )


def _changes(visited: Visited) -> Iterator[bytes]:
    for requests in cycle([visited.asked(scenario) for scenario in CHANGES]):
        yield next(requests).wire(visited.server.host)


if __name__ == "__main__":
    main()
