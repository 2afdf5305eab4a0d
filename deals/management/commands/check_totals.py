"""`manage.py check_totals`, and with `--mend` sets right what is wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from deals import recount


class Command(BaseCommand):
    help = "Holds the kept totals against a recount, and names each difference; ends with failure if any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="count all anew where there are differences")

    def handle(self, *, mend: bool, **options: Any) -> None:
        found = recount.differences(connection)
        for difference in found:
            self.stderr.write(str(difference), self.style.ERROR)
        if found and mend:
            recount.mend(connection)
            self.stdout.write(f"Mended. Differences: {len(found)}.")
        elif found:
            raise CommandError(f"Differences: {len(found)}. Set them right with --mend.")
        else:
            self.stdout.write("The totals are right.")
