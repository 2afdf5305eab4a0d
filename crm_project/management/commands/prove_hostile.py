"""`manage.py prove_hostile`: thousands of requests that nobody should send; none is answered as a failure of ours."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from crm_project.proof.arguments import from_one
from crm_project.proof.hostile import proving
from crm_project.proof.isolation.scratch import scratch_database


class Command(BaseCommand):
    help = (
        "Make an organization in a database of its own, which is gone afterwards, and send it hostile requests at "
        "every address, and as many made from the schema of the API. What is installed here is neither read nor "
        "changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=from_one, default=20_000, help="requests of each of the two kinds")
        parser.add_argument("--seed", type=int, default=1, help="the same one makes the same requests")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the verdict there")

    def handle(self, *, count: int, seed: int, json: Path | None, **options: Any) -> None:
        with scratch_database(), tqdm(desc="requests", total=2 * count, disable=None) as bar:
            verdict = proving.prove(count=count, seed=seed, tried=lambda: bar.update())
        if json:
            verdict.write(json)
        self.stdout.write("\n".join(verdict.lines()))
        if verdict.violations:
            raise CommandError("What is not as it should be stands above.")
