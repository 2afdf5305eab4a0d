"""The proof of torn imports: the command is killed at every point of its way, run again, and once more."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from crm_project.proof.people import Team
from crm_project.proof.torn_imports import Sheet, after_a_kill
from crm_project.proof.verdict import Verdict

ROWS = 2500  # three batches


def prove(*, rounds: int = 5) -> Verdict:
    violations = []
    with tempfile.TemporaryDirectory() as folder:
        whole = _run(Sheet(Path(folder), Team(1), ROWS))
        for number in range(rounds):
            keep_good = bool(number % 2)
            sheet = _torn(Path(folder), whole * (number + 1) / (rounds + 1), keep_good=keep_good)
            found = after_a_kill(len(sheet.here()), ROWS, keep_good=keep_good) + sheet.halves()
            for _ in range(2):
                _run(sheet)
                count = len(sheet.here())
                found += [] if count == ROWS else [f"run again, {count} of {ROWS} rows are there"]
            violations += [f"import {number + 1}: {finding}" for finding in found + sheet.halves()]
    return Verdict({"imports killed": rounds, "rows of each": ROWS, "violations": len(violations)}, violations)


def _run(sheet: Sheet) -> float:
    start = time.monotonic()
    if sheet.begin(keep_good=False).wait():
        raise RuntimeError("The import of a good file failed.")
    return time.monotonic() - start


def _torn(folder: Path, after: float, *, keep_good: bool) -> Sheet:
    """One whose import was killed; sooner where it was done before, for other work of the machine was over then."""
    while True:
        sheet = Sheet(folder, Team(1), ROWS)
        if _kill(sheet, after, keep_good=keep_good):
            return sheet
        after *= 0.8


def _kill(sheet: Sheet, after: float, *, keep_good: bool) -> bool:
    """False where it was done before."""
    running = sheet.begin(keep_good=keep_good)
    time.sleep(after)
    running.kill()
    return running.wait() != 0
