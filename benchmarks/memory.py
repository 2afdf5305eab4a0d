"""Whether the server grows: its memory after 1,000 mixed requests and after many more."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import cycle

from benchmarks import ground, kontor
from benchmarks.cpu import memory
from benchmarks.driver import Driver
from benchmarks.parties import Visited, Wrong
from benchmarks.servers import Server
from benchmarks.world import World

FIRST, PORTION = 1_000, 1_000
SLOW = {"deep page", "last page", "searched"}  # a tenth of the rest is enough of them


def watch_memory(server: Server, options: argparse.Namespace) -> None:
    world = World(ground.largest())
    visited = Visited(server, kontor.REQUESTS, world, options.connections)
    requests = _mixed(visited)
    _send(visited, requests, FIRST)
    before = memory(server.meter.root or 0)
    print(f"After {FIRST:,} requests: {before:.1f} MB.", flush=True)
    for sent in range(FIRST, options.memory, PORTION):
        _send(visited, requests, min(PORTION, options.memory - sent))
    after = memory(server.meter.root or 0)
    print(f"After {options.memory:,} requests: {after:.1f} MB, {after / before:.2f} times as much.")


def _mixed(visited: Visited) -> Iterator[bytes]:
    """Every scenario in turn; those that are slow in one of ten turns."""
    asked = {scenario: visited.asked(scenario) for scenario in visited.requests}
    for turn in cycle(range(10)):
        for scenario, requests in asked.items():
            if turn == 0 or scenario not in SLOW:
                yield next(requests).wire(visited.server.host)


def _send(visited: Visited, requests: Iterator[bytes], count: int) -> None:
    visited.world.renew()
    with Driver(visited.server.host, visited.server.port, visited.connections) as driver:
        driver.run(requests, seconds=0, fewest=count, longest=600)
    if driver.wrong:
        raise Wrong(f"{visited.server.name} answered {dict(driver.wrong)}.")
