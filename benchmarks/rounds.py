"""Measures parties in turn, there and back (ABBA), so that what slows the machine slows all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan
from statistics import median, quantiles
from typing import Any

from benchmarks.parties import Pace, Window


@dataclass(frozen=True)
class Ratio:
    """The median over the rounds, and the smallest and the largest."""

    middle: float
    least: float
    most: float

    def __str__(self) -> str:
        return "" if isnan(self.middle) else f"{self.middle:.2f} ({self.least:.2f}–{self.most:.2f})"


@dataclass(frozen=True)
class Measured:
    """The windows of one party in one scenario, one a round."""

    windows: list[Window]

    @property
    def server_ms(self) -> float:
        return 1000 * median(window.cpu.server / len(window.latencies) for window in self.windows)

    @property
    def database_ms(self) -> float:
        return 1000 * median(window.cpu.database / len(window.latencies) for window in self.windows)

    @property
    def per_second(self) -> float:
        return median(len(window.latencies) / window.seconds for window in self.windows)

    def latency_ms(self, percent: int) -> float:
        """The percentile of all answers of all rounds."""
        every = [latency for window in self.windows for latency in window.latencies]
        return 1000 * quantiles(every, n=100, method="inclusive")[percent - 1]

    def against(self, other: Measured, of: Callable[[Window], float]) -> Ratio:
        """How many times the other's this is, round by round."""
        pairs = zip(self.windows, other.windows, strict=True)
        ratios = [of(window) / of(theirs) if of(theirs) else float("nan") for window, theirs in pairs]
        return Ratio(median(ratios), min(ratios), max(ratios))


def cpu_of(window: Window) -> float:
    return window.cpu_each


def database_of(window: Window) -> float:
    return window.cpu.database / len(window.latencies)


def median_of(window: Window) -> float:
    return median(window.latencies)


def interleave(parties: dict[str, Any], scenarios: dict[str, str], rounds: int, pace: Pace) -> dict[str, Measured]:
    """Each party in its scenario, so many rounds."""
    windows: dict[str, list[Window]] = {name: [] for name in parties}
    for turn in range(rounds):
        for name in parties if turn % 2 == 0 else reversed(parties):
            windows[name].append(parties[name].measure(scenarios[name], pace))
    return {name: Measured(taken) for name, taken in windows.items()}
