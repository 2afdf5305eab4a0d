"""Runs every proof, on databases of its own, and says what was found.

    python -m crm_project.proof.frame [--short] [--only NAME] [--minutes 10] [--write FILE]

Two run side by side. What cannot be tried here is said loudly, and fails where REQUIRE_SERVICES is set.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm_project.proof.grounds import Grounds
from crm_project.proof.proofs import IN_ALL, PROOFS, Proof
from crm_project.proof.scratch import ROOT
from crm_project.proof.services import Missing
from crm_project.proof.verdict import Verdict

AT_ONCE = 2


@dataclass(frozen=True)
class Outcome:
    proof: Proof
    database: str
    seconds: float
    verdict: Verdict


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--short", action="store_true", help="a few rounds of each, for every change")
    arguments.add_argument("--only", default="", help="part of a proof's name")
    arguments.add_argument("--minutes", type=float, default=10, help="none runs longer than until then")
    arguments.add_argument("--write", type=Path, help="the file that keeps the figures")
    options = arguments.parse_args()
    start, load = time.monotonic(), os.getloadavg()[0]
    proofs = [proof for proof in PROOFS if options.only in proof.name]
    if not proofs:
        arguments.error(f"no proof is named {options.only!r}; there are {', '.join(proof.name for proof in PROOFS)}")
    outcomes = run_all(proofs, short=options.short, until=start + options.minutes * 60)
    wrong = list(findings(outcomes, short=options.short or bool(options.only)))
    report = "\n".join(told(outcomes, wrong, seconds=time.monotonic() - start, load=load))
    print(report)
    if options.write:
        options.write.write_text(report + "\n")
    sys.exit(bool(wrong))


def run_all(proofs: Iterable[Proof], *, short: bool, until: float) -> list[Outcome]:
    """Two at a time, one for each core: whichever comes next begins as soon as one before it ends."""
    with Grounds() as grounds, ThreadPoolExecutor(AT_ONCE) as threads:
        begun = [
            threads.submit(run_on, grounds, proof, name, short=short, until=until)
            for proof in proofs
            for name in proof.databases
        ]
        return [outcome.result() for outcome in begun]


def run_on(grounds: Grounds, proof: Proof, database: str, *, short: bool, until: float) -> Outcome:
    try:
        with grounds.database(database, alone=proof.stops_the_database) as environment:
            return run(proof, database, environment, short=short, until=until)
    except Missing as reason:
        return Outcome(proof, database, 0, Verdict(skipped=[f"{reason}"]))


def run(proof: Proof, database: str, environment: dict[str, str], *, short: bool, until: float) -> Outcome:
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "verdict.json"
        command = (sys.executable, "manage.py", *proof.command, *(proof.short if short else ()), "--json", str(file))
        trouble = trouble_of(command, environment, seconds=until - start)
        verdict = Verdict.read(file) if file.exists() else Verdict()
    if trouble and not verdict.violations:
        verdict.violations.append(trouble)
    return Outcome(proof, database, time.monotonic() - start, verdict)


def trouble_of(command: tuple[str, ...], environment: dict[str, str], *, seconds: float) -> str:
    """What a command that fails says; empty where it does not fail."""
    if seconds <= 0:
        return "There was no time left for it."
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as running:
        try:
            said = running.communicate(timeout=seconds)[1]
        except subprocess.TimeoutExpired:
            running.terminate()  # it ends its own servers
            return "It did not end in the time that there is."
    return said.decode(errors="replace").strip()[-2000:] if running.returncode else ""


def findings(outcomes: Sequence[Outcome], *, short: bool) -> Iterator[str]:
    """What breaks a promise, and where less was tried than is promised."""
    for outcome in outcomes:
        place = f"{outcome.proof.name} on {outcome.database}"
        yield from (f"{place}: {violation}" for violation in outcome.verdict.violations)
        if os.environ.get("REQUIRE_SERVICES"):
            yield from (f"{place} was skipped: {reason}" for reason in outcome.verdict.skipped)
        if not short and not outcome.verdict.skipped:
            yield from (f"{place}: {found}" for found in short_of(outcome.proof, outcome.verdict))
    if not short:
        total = in_all(outcomes)
        yield from (
            f"{name} in all: {total[name]}, not {least:.0f}" for name, least in IN_ALL.items() if total[name] < least
        )


def in_all(outcomes: Sequence[Outcome]) -> dict[str, int]:
    return {name: sum(int(outcome.verdict.figures.get(name, 0)) for outcome in outcomes) for name in IN_ALL}


def short_of(proof: Proof, verdict: Verdict) -> Iterator[str]:
    for name, least in proof.at_least.items():
        if float(verdict.figures.get(name, 0)) < least:
            yield f"{name} is {verdict.figures.get(name)}, at least {least} is promised"
    for name, most in proof.at_most.items():
        if float(verdict.figures.get(name, most + 1)) > most:
            yield f"{name} is {verdict.figures.get(name)}, at most {most} is promised"


def told(outcomes: Sequence[Outcome], wrong: list[str], *, seconds: float, load: float) -> Iterator[str]:
    """`load` is how many others wanted a core when it began."""
    yield f"What `make prove` found on {date.today()}, in {seconds:.0f} seconds on {os.cpu_count()} cores."
    yield f"load of other work when it began: {load:.1f}"
    yield from (f"{name} in all: {count}" for name, count in in_all(outcomes).items())
    for outcome in outcomes:
        yield ""
        yield f"{outcome.proof.name} on {outcome.database} ({outcome.seconds:.0f} seconds)"
        yield from (f"    {line}" for line in outcome.verdict.lines())
    yield ""
    yield from (f"BROKEN: {finding}" for finding in wrong)
    yield f"{len(wrong)} promises are broken." if wrong else "Every promise holds."


if __name__ == "__main__":
    main()
