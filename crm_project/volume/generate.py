"""Generates organizations one after the other, and writes what they have in portions: memory stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from crm_project.volume.course import draw
from crm_project.volume.hall import Numbers
from crm_project.volume.office import Office, email_of, open_office
from crm_project.volume.people import People
from crm_project.volume.shares import Share, draw_shares, shares
from crm_project.volume.size import Size
from crm_project.volume.story import Story
from crm_project.volume.tables import loading, write
from organizations.models import Organization
from organizations.tenancy import clock

PASSWORD = "volume-of-kontor"  # public: whoever reads this can sign in
PORTION = 20_000  # rows

Told = Callable[[int], Any]  # is told how many rows were written


def generate(size: Size, *, seed: int, told: Told) -> str:
    """Generate so much, all of it before today; answers with the e-mail of the largest organization's owner.

    The same seed makes the same rows on the same day in an empty installation.
    """
    until = datetime.combine(clock.now().date(), time(), clock.now().tzinfo)
    numbers, password_hash = Numbers(), make_password(PASSWORD)
    first = _first_number()
    with loading():
        for number, share in enumerate(shares(size), first):
            office = _open(number, share, password_hash, until, seed)
            for rows in _portions(_history(office, numbers)):
                write(rows)
                told(len(rows))
    return email_of(first, 0)


def rows_of(size: Size) -> int:
    """About how many rows that makes: each deal has two stage changes and every third one a task."""
    return size.contacts + sum(share.companies for share in shares(size)) + 3 * size.deals + size.activities


def _first_number() -> int:
    newest = Organization.objects.order_by("-pk").values_list("pk", flat=True).first()
    return 1 + (newest or 0)


@transaction.atomic
def _open(number: int, share: Share, password_hash: str, until: datetime, seed: int) -> Office:
    return open_office(number, share, password_hash=password_hash, until=until, seed=seed)


def _history(office: Office, numbers: Numbers) -> Iterator[Any]:
    people, share = People(office, numbers), office.share
    yield from people.meet()
    for number, entries in enumerate(draw_shares(share.activities, share.deals, office.random)):
        begun = (number + office.random.random()) / share.deals
        course = draw(begun, entries, len(office.stages), office.random)
        yield from Story(office, people, numbers).tell(course, begun)


def _portions(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Portions of rows; a deal and what belongs to it may stand in two, the deal in the first of them."""
    portion: list[Any] = []
    for row in rows:
        portion.append(row)
        if len(portion) == PORTION:
            yield portion
            portion = []
    if portion:
        yield portion
