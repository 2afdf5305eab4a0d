"""Checks the history of a deal: the changes that were acknowledged, in the order of their versions, are all of it.

Pure: compares what callers were told with what is stored. Each check answers with what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

State = dict[str, Any]  # a deal in the words of the API
Entry = tuple[str, dict[str, Any]]  # what the timeline tells of one event
SIMPLE = {"status": "status_changed", "stage": "stage_changed", "owner_id": "owner_changed"}
TOLD = {*SIMPLE.values(), "amount_changed"}


@dataclass(frozen=True)
class Change:
    """What a caller asked for, and the record that they were shown as the result."""

    asked: State
    shown: State


def states(before: State, changes: Iterable[Change]) -> tuple[list[State], list[str]]:
    """The states that the deal went through, and what speaks against it."""
    by_version: dict[int, list[Change]] = {}
    for change in changes:
        by_version.setdefault(change.shown["version"], []).append(change)
    by_version.pop(before["version"], None)  # asked for nothing new
    passed, wrong = [before], []
    for version in sorted(by_version):
        if version != passed[-1]["version"] + 1:
            wrong.append(f"no change is known between version {passed[-1]['version']} and {version}")
        passed.append(_result(passed[-1], by_version[version], wrong))
    return passed, wrong


def _result(state: State, changes: list[Change], wrong: list[str]) -> State:
    """What the change of this version made of the state; whoever asked for no more was shown the same."""
    shown = _seen(state, changes[0].shown)
    if any(_seen(state, change.shown) != shown for change in changes):
        wrong.append(f"version {shown['version']} was shown in two ways")
    if not any({**state, **change.asked, "version": shown["version"]} == shown for change in changes):
        wrong.append(f"version {shown['version']} is not the one before with the change that was asked for")
    return shown


def _seen(state: State, shown: State) -> State:
    return {name: shown[name] for name in state}


def lost(passed: list[State], stored: State | None) -> list[str]:
    """Whether the last acknowledged state is what is stored."""
    if stored is None:
        return ["the deal is not there"]
    last = passed[-1]
    return [
        f"{name} is {stored[name]!r}, acknowledged was {value!r}"
        for name, value in last.items()
        if stored[name] != value
    ]


def untold(passed: list[State], entries: Iterable[Entry]) -> list[str]:
    """Whether the timeline tells these changes, each once, in their order, and no other."""
    expected = [event for before, after in pairwise(passed) for event in _events(before, after)]
    told = [(kind, payload.get("from"), payload.get("to")) for kind, payload in entries if kind in TOLD]
    return [] if told == expected else [f"the timeline tells {told}, what happened is {expected}"]


def _events(before: State, after: State) -> list[tuple[str, Any, Any]]:
    names = [name for name in ("status", "stage", "amount", "owner_id") if name in after]
    return [
        (SIMPLE.get(name, "amount_changed"), before[name], after[name]) for name in names if before[name] != after[name]
    ]


def broken_chain(entries: Iterable[Entry], stored: State) -> list[str]:
    """Whether each entry of a kind begins where the one before ended, and the last one ends at what is stored."""
    wrong = []
    for name in ("status", "stage", "amount", "owner_id"):
        kind = SIMPLE.get(name, "amount_changed")
        steps = [(payload["from"], payload["to"]) for told, payload in entries if told == kind]
        ends = [end for _, end in steps]
        if [start for start, _ in steps[1:]] != ends[:-1]:
            wrong.append(f"{name}: an entry does not begin where the one before ended: {steps}")
        if ends and ends[-1] != stored[name]:
            wrong.append(f"{name} is {stored[name]!r}, the timeline ends at {ends[-1]!r}")
    return wrong
