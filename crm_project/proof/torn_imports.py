"""Imports that are killed in the middle and run again: what a file brings is there exactly once."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from activities.models import Activity
from crm_project.proof.people import Team
from deals.models import Deal, StageChange

MAPPING = """[fields]
external_id = "number"
title = "title"
amount = "amount"
contact.email = "contact"
owner.email = "owner"
"""
CONTACT = "anna@karg.example"


class Sheet:
    """A file of so many deals, which this team imports."""

    def __init__(self, folder: Path, team: Team, rows: int):
        self.team, self.rows = team, rows
        team.contact.email = CONTACT
        team.contact.save_by(team.owner)
        self.file, self.mapping = folder / f"{team.organization.slug}.csv", folder / "deals.toml"
        owner = team.owner.user.email
        lines = [f"d-{number},Deal {number},{number}.00,{CONTACT},{owner}" for number in range(rows)]
        self.file.write_text("\n".join(["number,title,amount,contact,owner", *lines]) + "\n")
        self.mapping.write_text(MAPPING)

    def begin(self, *, keep_good: bool) -> subprocess.Popen[bytes]:
        place = ("--organization", self.team.organization.slug, "--mapping", str(self.mapping))
        command = (sys.executable, "manage.py", "import_csv", "deals", str(self.file), *place)
        return subprocess.Popen(
            [*command, *(["--keep-good"] if keep_good else [])],
            cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def here(self) -> list[int]:
        return list(Deal.objects.for_membership(self.team.owner).values_list("pk", flat=True))

    def halves(self) -> list[str]:
        """Deals of which only a part is there, and parts of no deal."""
        beginnings = Activity.objects.filter(organization=self.team.organization, type="deal_created")
        moves = StageChange.objects.filter(organization=self.team.organization)
        parts = {
            "beginnings of their timeline": beginnings.values_list("deal", flat=True),
            "moves into their first stage": moves.values_list("deal", flat=True),
        }
        ids = self.here()
        return [found for name, column in parts.items() for found in unequal(ids, column, name)]


def unequal(ids: Iterable[int], parts: Iterable[int], name: str) -> list[str]:
    """Each of these deals has one part of this name, and there is none besides."""
    wanted, found = Counter(ids), Counter(parts)
    return [] if wanted == found else [f"{wanted.total()} deals have {found.total()} {name}"]


def after_a_kill(here: int, rows: int, *, keep_good: bool) -> list[str]:
    """All or nothing; with --keep-good whatever was done before."""
    return [] if keep_good or here in (0, rows) else [f"{here} of {rows} rows were left behind by a killed import"]
