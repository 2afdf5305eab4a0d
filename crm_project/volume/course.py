"""Draws how a deal goes: where it begins, what happens to it, how it ends. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from random import Random

from deals.models import Status

State = tuple[int, Status]  # the place of its stage, and its status
OLD = 0.75  # of the office's time: a deal that began before is hardly ever open any more


class Event(Enum):
    """What happens to a deal besides that it moves; each is one entry in its timeline."""

    AMOUNT = auto()
    OWNER = auto()
    TASK = auto()
    DONE = auto()
    COMMENT = auto()


@dataclass(frozen=True)
class Course:
    begins: State
    steps: list[State | Event]


def draw(begun: float, entries: int, stages: int, random: Random) -> Course:
    """The course of a deal that began when this part of the office's time had passed, told in so many entries."""
    path = _path(begun, stages, random)
    while 1 + _told(path) > entries:  # it was noted only later
        path.pop(0)
    events = _events(entries - 1 - _told(path), random)
    return Course(path[0], _mix(path[1:], events, random))


def _path(begun: float, stages: int, random: Random) -> list[State]:
    """The states through which it goes, forward only."""
    reached = random.randrange(stages)
    path: list[State] = [(0, Status.NEW)]
    path += [(stage, Status.IN_PROGRESS) for stage in range(max(1, min(reached, stages - 1)))]
    chance = random.random()
    if chance < (0.55 if begun < OLD else 0.25):
        path.append((path[-1][0], Status.LOST))
    elif chance < (0.95 if begun < OLD else 0.4):
        path.append((stages - 1, Status.WON))
    elif chance > 0.9:
        del path[1:]
    return path


def _told(path: list[State]) -> int:
    """How many entries tell of these changes: one for the stage, one for the status."""
    return sum((one[0] != other[0]) + (one[1] != other[1]) for one, other in pairwise(path))


def _events(count: int, random: Random) -> list[Event]:
    """So many events in the order in which they happen: at most one task, which is done after it was set."""
    events = random.choices((Event.COMMENT, Event.AMOUNT, Event.OWNER), (8, 2, 1), k=count)
    chance = random.random()
    if count >= 2 and chance < 0.2:
        events[-2:] = [Event.TASK, Event.DONE]
    elif count >= 1 and chance < 0.4:
        events[-1] = Event.TASK
    return events


def _mix(path: list[State], events: list[Event], random: Random) -> list[State | Event]:
    """Both in one line, each in its own order."""
    places = set(random.sample(range(len(path) + len(events)), len(path)))
    states, others = iter(path), iter(events)
    return [next(states) if place in places else next(others) for place in range(len(path) + len(events))]
