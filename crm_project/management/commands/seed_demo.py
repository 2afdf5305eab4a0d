"""`manage.py seed_demo`: loads the demo where that is safe, once; says every time how to sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from crm_project.demo.load import load_once, sign_ins

HEADINGS = ("Organization", "Role", "E-mail", "Password")


class Command(BaseCommand):
    help = "Load two organizations with a year of sales behind them, once, and print how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="Load it beside people of your own, or in public.")

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        self.stdout.write(load_once(force=force))
        if rows := sign_ins():
            self.stdout.write("\n" + _table([HEADINGS, *rows]))


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])
