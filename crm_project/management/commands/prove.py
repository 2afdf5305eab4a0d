"""`manage.py prove races`: one proof, on an empty database; `make prove` runs all of them on databases of their own."""

import sys
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from signal import SIGTERM, signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm_project.proof import (
    proving_cache,
    proving_imports,
    proving_kills,
    proving_outages,
    proving_patience,
    proving_races,
    proving_storage,
)
from crm_project.proof.arguments import from_one
from crm_project.proof.services import Missing
from crm_project.proof.verdict import Verdict
from organizations.users import User

PROOFS: dict[str, Callable[..., Verdict]] = {
    "races": proving_races.prove,
    "kills": proving_kills.prove,
    "outages": proving_outages.prove,
    "cache": proving_cache.prove,
    "storage": proving_storage.prove,
    "imports": proving_imports.prove,
    "patience": proving_patience.prove,
}


class Command(BaseCommand):
    help = "Attacks a real server on the database of DATABASE_URL, which must be empty, and looks at what is left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("proof", choices=PROOFS)
        parser.add_argument("--rounds", type=from_one, help="how often; by default as often as the promise says")
        parser.add_argument("--writes", type=from_one, help="how many acknowledged writes at least")
        parser.add_argument("--only", default="", help="part of the name of what to try")
        parser.add_argument("--application", help="another WSGI module to attack than the real one")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the verdict to this file too")

    def handle(self, *, proof: str, json: Path | None, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("This database holds people. Name an empty one in DATABASE_URL: proofs write into it.")
        signal(SIGTERM, lambda *_: sys.exit("The proof was ended."))  # with the servers that it started
        asked = {name: options[name] for name in ("rounds", "writes", "only", "application") if options[name]}
        for name in sorted(asked.keys() - signature(PROOFS[proof]).parameters.keys()):
            raise CommandError(f"The proof of {proof} takes no --{name}.")
        try:
            verdict = PROOFS[proof](**asked)
        except Missing as reason:
            verdict = Verdict(skipped=[str(reason)])
        if json:
            verdict.write(json)
        for line in verdict.lines():
            self.stdout.write(line)
        if verdict.violations:
            raise CommandError(f"The proof of {proof} fails: {len(verdict.violations)} violations.")
