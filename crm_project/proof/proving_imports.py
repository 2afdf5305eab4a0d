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
    violations, torn = [], 0
    with tempfile.TemporaryDirectory() as folder:
        whole = _run(Sheet(Path(folder), Team(1), ROWS))
        for number in range(rounds):
            sheet, keep_good = Sheet(Path(folder), Team(1), ROWS), bool(number % 2)
            was_torn = _kill(sheet, whole * (number + 1) / (rounds + 1), keep_good=keep_good)
            torn += was_torn
            found = after_a_kill(len(sheet.here()), ROWS, keep_good=keep_good) + sheet.halves()
            for _ in range(2):
                _run(sheet)
                count = len(sheet.here())
                found += [] if count == ROWS else [f"run again, {count} of {ROWS} rows are there"]
            violations += [f"import {number + 1}: {finding}" for finding in found + sheet.halves()]
    return Verdict({"imports killed": torn, "rows of each": ROWS, "violations": len(violations)}, violations)


def _run(sheet: Sheet) -> float:
    start = time.monotonic()
    if sheet.begin(keep_good=False).wait():
        raise RuntimeError("The import of a good file failed.")
    return time.monotonic() - start


def _kill(sheet: Sheet, after: float, *, keep_good: bool) -> bool:
    """False where it was done before."""
    running = sheet.begin(keep_good=keep_good)
    time.sleep(after)
    running.kill()
    return running.wait() != 0
