"""`manage.py import_csv deals pipeline.csv --organization acme --mapping deals.toml`"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from imports.importer import KINDS, load, targets
from imports.mapping_file import read_mapping
from imports.report import Report
from imports.rows import Sheet
from organizations.models import Organization


class Command(BaseCommand):
    help = (
        "Reads members, companies, contacts or deals from a CSV file. A row that is refused is named with its line; "
        "then nothing is written, unless --keep-good asks for the others (which ends with success all the same)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("file", type=Path, help="CSV in UTF-8 with a header")
        parser.add_argument("--organization", required=True, metavar="SLUG")
        parser.add_argument(
            "--mapping", required=True, type=Path, metavar="FILE.toml", help="which column is what; see examples/"
        )
        parser.add_argument("--keep-good", action="store_true", help="write the good rows even if others are refused")

    def handle(self, *, kind: str, file: Path, mapping: Path, keep_good: bool, **options: Any) -> None:
        organization = Organization.objects.filter(slug=options["organization"]).first()
        if organization is None:
            raise CommandError(f"There is no organization {options['organization']}.")
        try:
            wanted = read_mapping(mapping, targets(kind))
            sheet = Sheet(file)
            sheet.refuse_unless_has(wanted.columns())
            with tqdm(sheet, desc=kind, unit="row", disable=None) as rows:
                report = load(rows, kind, wanted, organization=organization, keep_good=keep_good)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self._tell(report, file, keep_good)

    def _tell(self, report: Report, file: Path, keep_good: bool) -> None:
        for line, sentences in sorted(report.refused.items()):
            for sentence in sentences:
                self.stderr.write(f"{file}:{line}: {sentence}", self.style.ERROR)
        if report.refused and not keep_good:
            raise CommandError(
                f"Nothing was written. Refused rows: {len(report.refused)}. "
                "Correct them, or ask for the good ones with --keep-good."
            )
        self.stdout.write(f"{report}.")
