"""How much processor time our API takes for what people ask of it, compared with others in the same run.

    python -m benchmarks.api [--deals 10000] [--rounds 4] [--seconds 1] [--only "first page"]
    python -m benchmarks.api --sizes
    python -m benchmarks.api --memory 100000

Starts gunicorn as production does, on the database that DATABASE_URL names (else on a new SQLite file), and beside it
a plain DRF server of the same data (`baseline/`) and one that only says hello. Each scenario is asked of all in turn,
there and back; the same statements are sent by the bare driver too. Processor time is what counts: it is the server's
and the database's, in milliseconds a request; ratios are ours to theirs of the same round, as median (least to most).

`--against URL --adapter FILE` measures another server too: the file is Python with `REQUESTS`, as in `kontor.py`, for
those scenarios that it has; with `--against-pid` its processor time is read as well.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
from pathlib import Path
from typing import Any

from benchmarks import ground, kontor
from benchmarks.baseline import adapter as baseline
from benchmarks.memory import watch_memory
from benchmarks.parties import Bared, Greeted, Pace, Requests, Visited, Wrong
from benchmarks.rounds import interleave
from benchmarks.sameness import compare
from benchmarks.servers import Server, foreign, serving
from benchmarks.sizes import compare_sizes
from benchmarks.statements import Witness
from benchmarks.table import describe_machine, print_row, print_titles
from benchmarks.world import World

BASELINE = {"DJANGO_SETTINGS_MODULE": "benchmarks.baseline.settings"}
# Parallel workers end before their time can be read, so every query stays in one process, everybody's alike.
IN_ONE_PROCESS = "-c max_parallel_workers_per_gather=0"
VARIANTS = 5  # requests of each scenario whose statements the bare driver sends


def main() -> None:
    parser = _parser()
    options = parser.parse_args()
    if problem := _objection(options) or ground.objection():
        parser.error(problem)
    os.environ["PGOPTIONS"] = IN_ONE_PROCESS
    ground.prepare(options.deals)
    try:
        _run(options)
    except Wrong as problem:
        raise SystemExit(str(problem)) from problem


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deals", type=int, default=10_000, help="generated where the database is empty")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each window")
    parser.add_argument("--fewest", type=int, default=20, metavar="REQUESTS", help="of each window")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--port", type=int, default=8190, help="the first of three")
    parser.add_argument("--only", action="append", default=[], metavar="SCENARIO")
    parser.add_argument("--sizes", action="store_true", help="a large organization against one with 500 deals")
    parser.add_argument("--memory", type=int, metavar="REQUESTS", help="the server's after 1,000 and after so many")
    parser.add_argument("--against", metavar="URL")
    parser.add_argument("--adapter", type=Path, metavar="FILE")
    parser.add_argument("--against-pid", type=int, metavar="PID")
    return parser


def _objection(options: argparse.Namespace) -> str | None:
    if options.deals < 100:
        return "--deals is 100 at least: the pages of fewer are all the first."
    if options.rounds < 4:
        return "--rounds is 4 at least: fewer say nothing of the spread."
    if not 0 < options.seconds <= 60:
        return "--seconds is above 0 and at most 60."
    if options.fewest < 2:
        return "--fewest is 2 requests at least."
    if not 1 <= options.connections <= 64:
        return "--connections is from 1 to 64."
    if not 1024 <= options.port <= 65_533:
        return "--port is from 1024 to 65533."
    if options.memory is not None and options.memory < 2_000:
        return "--memory is 2000 requests at least: the first 1,000 are what it is compared with."
    if unknown := set(options.only) - set(kontor.REQUESTS):
        return f"There is no scenario {sorted(unknown)[0]!r}. There are: {', '.join(kontor.REQUESTS)}."
    return _objection_to_guest(options)


def _objection_to_guest(options: argparse.Namespace) -> str | None:
    if (options.against is None) != (options.adapter is None):
        return "--against and --adapter come together: where the server is, and how it is asked."
    if options.against is None:
        return "--against-pid is for a server named by --against." if options.against_pid else None
    try:
        foreign(options.against, options.against_pid)
    except ValueError as error:
        return str(error)
    return None if options.adapter.is_file() else f"There is no file {options.adapter}."


def _run(options: argparse.Namespace) -> None:
    with serving("ours", "crm_project.wsgi", options.port) as ours:
        describe_machine(options)
        if options.sizes:
            compare_sizes(ours, options)
        elif options.memory:
            watch_memory(ours, options)
        else:
            _compare_servers(ours, options)


def _compare_servers(ours: Server, options: argparse.Namespace) -> None:
    here = ground.largest()
    with (
        serving("baseline", "benchmarks.baseline.wsgi", options.port + 1, **BASELINE) as plain,
        serving("hello", "hello:application", options.port + 2, "--pythonpath=benchmarks") as hello,
    ):
        parties: dict[str, Any] = {
            "ours": Visited(ours, kontor.REQUESTS, World(here), options.connections),
            "baseline": Visited(plain, baseline.REQUESTS, World(here, turn=1), options.connections),
            "hello": Greeted(hello, options.connections),
        }
        if options.against:
            guest, asked = foreign(options.against, options.against_pid), _read_adapter(options.adapter)
            parties["against"] = Visited(guest, asked, World(here, turn=2), options.connections)
        _compare(parties, options)


def _compare(parties: dict[str, Any], options: argparse.Namespace) -> None:
    compare(parties["ours"], parties["baseline"])
    names = [name for name in kontor.REQUESTS if not options.only or name in options.only]
    heard = _hear(World(ground.largest(), turn=3), names)
    parties = {"ours": parties["ours"], "bare": Bared(heard), **parties}
    pace = Pace(options.seconds, options.fewest)
    print_titles(list(parties))
    for name in names:
        present = {party: visited for party, visited in parties.items() if visited.has(name)}
        measured = interleave(present, dict.fromkeys(present, name), options.rounds, pace)
        print_row(name, measured, len(heard[name][0]), list(parties))


def _hear(world: World, names: list[str]) -> dict[str, list[Any]]:
    """The statements of some requests of each scenario, as a server makes them that has run for a while."""
    world.renew()
    witness, heard = Witness(), {}
    for name in names:
        numbers = range(VARIANTS + 2)
        heard[name] = [witness.statements(kontor.REQUESTS[name](world, n)) for n in numbers][2:]
    return heard


def _read_adapter(path: Path) -> Requests:
    specification: Any = importlib.util.spec_from_file_location("adapter", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    requests: Any = getattr(module, "REQUESTS", None)
    if not isinstance(requests, dict) or not requests.keys() <= kontor.REQUESTS.keys():
        raise SystemExit(f"{path} needs a dictionary REQUESTS, whose keys are scenarios as in benchmarks/kontor.py.")
    return requests


if __name__ == "__main__":
    main()
