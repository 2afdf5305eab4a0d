"""Lets many stories happen together, each step at its own moment."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush

from organizations.tenancy import clock


def replay(stories: Iterable[Iterator[datetime]]) -> None:
    """Go through these stories step by step in the order of time; each yields the moment before it acts."""
    steps = [(next(story), number, story) for number, story in enumerate(stories)]
    heapify(steps)
    while steps:
        moment, number, story = heappop(steps)
        with clock.at(moment):
            later = next(story, None)
        if later:
            heappush(steps, (later, number, story))
