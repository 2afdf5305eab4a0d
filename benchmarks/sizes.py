"""Whether the size of an organization is felt: the largest against one with about 500 deals, on the same server."""

from __future__ import annotations

import argparse

from benchmarks import ground, kontor
from benchmarks.parties import Pace, Visited
from benchmarks.rounds import cpu_of, interleave, median_of
from benchmarks.servers import Server
from benchmarks.world import World

MODEST = 500
SCENARIOS = (
    "first page",
    "first by cursor",
    "of one status",
    "filtered",
    "rare search",
    "detail",
    "the board",
    "summary warm",
    "summary cold",
    "funnel warm",
    "funnel cold",
    "create",
    "move to a stage",
)


def compare_sizes(server: Server, options: argparse.Namespace) -> None:
    large, small = ground.largest(), ground.modest(MODEST)
    parties = {
        name: Visited(server, kontor.REQUESTS, World(organization), options.connections)
        for name, organization in (("large", large), ("small", small))
    }
    print(f"{large.size:,} deals against {small.size:,}.")
    print("| scenario | p50 ms | of the small | p50 ratio | CPU ratio |\n| --- | --- | --- | --- | --- |")
    for scenario in [name for name in SCENARIOS if not options.only or name in options.only]:
        _print_pair(scenario, parties, dict.fromkeys(parties, scenario), options)
    pages = {"large": "page 5,000 by cursor", "small": "first by cursor"}
    world = parties["large"].world
    name = f"page {min(5_000, world.pages):,} by cursor to the first, of the large"
    _print_pair(name, dict.fromkeys(pages, parties["large"]), pages, options)


def _print_pair(name: str, parties: dict[str, Visited], scenarios: dict[str, str], options: argparse.Namespace) -> None:
    measured = interleave(parties, scenarios, options.rounds, Pace(options.seconds, options.fewest))
    large, small = measured["large"], measured["small"]
    times, cpu = large.against(small, median_of), large.against(small, cpu_of)
    print(f"| {name} | {large.latency_ms(50):.2f} | {small.latency_ms(50):.2f} | {times} | {cpu} |", flush=True)
