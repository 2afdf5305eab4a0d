"""The proof that nothing falls over: hostile requests, and as many made from the schema of the API."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.test import override_settings

from crm_project.proof.hostile.judging import Found, attack
from crm_project.proof.hostile.requests import BySchema, hostile
from crm_project.proof.hostile.world import World
from crm_project.proof.verdict import Verdict

LOUD = logging.CRITICAL


def prove(*, count: int, seed: int, tried: Callable[[], Any] = bool) -> Verdict:
    """So many of each kind; `tried` is told of each."""
    logging.disable(LOUD)
    try:
        with override_settings(CRM_THROTTLE="off"):
            world = World()
            hostiles = attack(hostile, count, world, seed, tried)
            fitting = attack(BySchema(), count, world, seed, tried)
    finally:
        logging.disable(logging.NOTSET)
    return _verdict(hostiles, fitting, seed)


def _verdict(hostiles: Found, fitting: Found, seed: int) -> Verdict:
    both = (hostiles, fitting)
    figures: dict[str, int | float | str] = {
        "hostile requests": hostiles.requests,
        "requests by the schema": fitting.requests,
        "seed": seed,
        "answered as a failure of ours": sum(found.failures for found in both),
        "values read again": sum(found.reread for found in both),
        "values that differ": sum("lost" in wrong for found in both for wrong in found.wrong),
    }
    answers = sorted((hostiles.statuses + fitting.statuses).items())
    details = [f"answered {status}: {times}" for status, times in answers]
    return Verdict(figures, [*hostiles.wrong, *fitting.wrong], details)
