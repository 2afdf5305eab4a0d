"""`manage.py generate_data --preset million`: organizations with any number of deals, for trying out how fast it is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from crm_project.volume.generate import PASSWORD, generate, rows_of
from crm_project.volume.safety import objection
from crm_project.volume.size import PRESETS, Size

COUNTS = ("organizations", "deals", "contacts", "activities")


class Command(BaseCommand):
    help = (
        "Generate organizations with contacts, deals and their timelines, the largest with half of everything. "
        "The same seed makes the same rows on the same day in an empty installation."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--preset", choices=PRESETS, default="small", help="small (default): 10,000 deals")
        for name in COUNTS:
            parser.add_argument(f"--{name}", type=int, metavar="N", help="instead of the preset's")
        parser.add_argument("--seed", type=int, default=1, metavar="N")
        parser.add_argument("--add", action="store_true", help="generate beside people who are here already")
        parser.add_argument("--force", action="store_true", help="generate in public, though the passwords are too")

    def handle(self, *, preset: str, seed: int, add: bool, force: bool, **options: Any) -> None:
        counts = {name: options[name] for name in COUNTS if options[name] is not None}
        size = Size(**{**vars(PRESETS[preset]), **counts})
        if problem := size.objection() or objection(add=add, force=force):
            raise CommandError(problem)
        with tqdm(total=rows_of(size), desc="rows", unit="", unit_scale=True, disable=None) as bar:
            email = generate(size, seed=seed, told=bar.update)
        self.stdout.write(f"Generated {size}. Sign in as {email} with {PASSWORD}; every owner and seller has it.")
