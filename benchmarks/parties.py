"""Who is measured: a server over HTTP, or the bare statements of ours."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any, NamedTuple

from django.db import connection

from benchmarks.cpu import Cpu, times
from benchmarks.driver import Driver
from benchmarks.requests import Request
from benchmarks.servers import Server
from benchmarks.statements import Bare
from benchmarks.world import World

SETTLE = 0.002  # seconds in which a server finishes what it does after it answered
Requests = dict[str, Callable[[World, int], Request]]


@dataclass(frozen=True)
class Window:
    """What one party did in one window."""

    cpu: Cpu
    latencies: list[float]
    seconds: float

    @property
    def cpu_each(self) -> float:
        return (self.cpu.server + self.cpu.database) / len(self.latencies)


class Pace(NamedTuple):
    """How long a window is: so many seconds, and so many requests at least."""

    seconds: float
    fewest: int


class Wrong(Exception):
    """A server answered what it should not."""


@dataclass
class Visited:
    """A server, asked in the words of its adapter about an organization."""

    server: Server
    requests: Requests
    world: World
    connections: int
    numbers: Iterator[int] = field(default_factory=count)

    def has(self, scenario: str) -> bool:
        return scenario in self.requests

    def asked(self, scenario: str) -> Iterator[Request]:
        """One request after the other, each with the next number."""
        return (self.requests[scenario](self.world, n) for n in self.numbers)

    def measure(self, scenario: str, pace: Pace) -> Window:
        self.world.renew()
        asked = self.asked(scenario)
        first = next(asked)
        asked = chain([first], asked)
        with Driver(self.server.host, self.server.port, 1 if first.before else self.connections) as driver:
            window = self._cold(driver, asked, pace) if first.before else self._warm(driver, asked, pace)
        if driver.wrong:
            raise Wrong(f"{self.server.name} answered {scenario!r} with {dict(driver.wrong)}.")
        return window

    def _warm(self, driver: Driver, asked: Iterator[Request], pace: Pace) -> Window:
        wires = (request.wire(self.server.host) for request in asked)
        driver.run(wires, seconds=0, fewest=len(driver.connections))
        time.sleep(SETTLE)
        before = self.server.meter.read()
        load = driver.run(wires, seconds=pace.seconds, fewest=pace.fewest)
        time.sleep(SETTLE)
        cpu = self.server.meter.between(before, self.server.meter.read())
        return Window(cpu, load.latencies, load.seconds)

    def _cold(self, driver: Driver, asked: Iterator[Request], pace: Pace) -> Window:
        """One after the other, each after a change that is not counted."""
        taken, latencies, stop = [], [], time.perf_counter() + pace.seconds
        while time.perf_counter() < stop or len(latencies) < pace.fewest:
            request: Any = next(asked)
            driver.ask(request.before.wire(self.server.host))
            time.sleep(SETTLE)
            before, start = self.server.meter.read(), time.perf_counter()
            driver.ask(request.wire(self.server.host))
            latencies.append(time.perf_counter() - start)
            time.sleep(SETTLE)
            taken.append(self.server.meter.between(before, self.server.meter.read()))
        cpu = Cpu(sum(one.server for one in taken), sum(one.database for one in taken))
        return Window(cpu, latencies, sum(latencies))

    def answer(self, scenario: str) -> bytes:
        """The body of one answer, for a look at what is in it."""
        self.world.renew()
        request = next(self.asked(scenario))
        with Driver(self.server.host, self.server.port, 1) as driver:
            status, body = driver.ask(request.wire(self.server.host))
        if driver.wrong:
            raise Wrong(f"{self.server.name} answered {request.path} with {status}: {body[:300]!r}")
        return body


class Greeted:
    """A server that says hello, whatever the scenario is."""

    def __init__(self, server: Server, connections: int):
        self.visited = Visited(server, {"hello": _hello}, _NOWHERE, connections)

    def has(self, scenario: str) -> bool:
        return True

    def measure(self, scenario: str, pace: Pace) -> Window:
        return self.visited.measure("hello", pace)


class _Nowhere:
    def renew(self) -> None:
        """Nobody signs in there."""


_NOWHERE: Any = _Nowhere()


def _hello(world: World, n: int) -> Request:
    return Request("GET", "/hello", {"Accept": "application/json"})


class Bared:
    """The statements that each scenario makes, sent by this process without any framework."""

    def __init__(self, statements: dict[str, list[list[Any]]]):
        self.statements = statements

    def has(self, scenario: str) -> bool:
        return bool(self.statements[scenario][0])

    def measure(self, scenario: str, pace: Pace) -> Window:
        bare = Bare(self.statements[scenario])
        list(bare.run(0, len(bare.requests)))
        mine = [connection.connection.info.backend_pid] if connection.vendor == "postgresql" else []
        before, start, began = times(mine), time.process_time(), time.perf_counter()
        latencies = list(bare.run(*pace))
        taken, after = time.process_time() - start, times(mine)
        database = sum(after.values()) - sum(before.values())
        return Window(Cpu(taken, database), latencies, time.perf_counter() - began)
