"""`manage.py prove_isolation`: a stranger tries every door of another organization, and learns nothing."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from crm_project.proof.arguments import from_one
from crm_project.proof.isolation import powers_held, walk
from crm_project.proof.isolation.scratch import scratch_database


class Command(BaseCommand):
    help = (
        "Make two mirrored organizations in a database of their own, which is gone afterwards; try every route of one "
        "with the ids of the other, as every role; and hold every operation to the table of roles. What is installed "
        "here is neither read nor changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ids", type=from_one, default=3, help="of the other's, tried at most in each place")
        parser.add_argument(
            "--thinning", type=from_one, default=1, metavar="N", help="try only each N-th; all routes still"
        )
        parser.add_argument("--only", default="", metavar="PREFIX", help="routes that begin so, as api/v1/deals")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")

    def handle(self, *, ids: int, thinning: int, only: str, **options: Any) -> None:
        with scratch_database():
            with tqdm(desc="attempts", disable=None) as bar:
                verdict = walk.prove(most=ids, thinning=thinning, only=only, tried=lambda: bar.update())
            held = powers_held.prove()
        if options["json"]:
            figures = {"figures": {**verdict.counts(), **held.counts()}, "violations": [*verdict.wrong(), *held.broken]}
            whole = {**verdict.figures(), "roles": held.figures(), **figures}
            options["json"].write_text(json.dumps(whole, indent=1))
        self.stdout.write("\n".join([*held.lines(), *verdict.lines()]))
        if not (verdict.holds and held.holds):
            raise CommandError("What is not as it should be stands above.")
