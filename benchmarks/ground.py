"""What the scenarios run on: generated organizations, those that are in the database or new ones."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from django.core.management import call_command
from django.db import connection
from django.db.models import Count

from deals.models import Deal
from organizations.models import Organization, User

HERE = ("", "127.0.0.1", "localhost", "::1")
ORGANIZATIONS_OF = 500  # deals on average


def objection() -> str | None:
    """Why nothing can be measured here."""
    host, cache = connection.settings_dict["HOST"], urlsplit(os.environ.get("CACHE_URL", ""))
    if connection.vendor == "postgresql" and not (host in HERE or host.startswith("/")):
        return "The processor time of a PostgreSQL on another machine is not seen: run it on this one."
    if (cache.hostname or "") not in HERE:
        return "The processor time of a Redis on another machine is not seen: run it on this one."
    if int(os.environ.get("WEB_CONCURRENCY", "1")) > 1 and not os.environ.get("CACHE_URL"):
        return "Several processes need a shared cache: set CACHE_URL, or WEB_CONCURRENCY=1."
    return None


def prepare(deals: int) -> None:
    """Generate so many deals where there are none; refuse a database that somebody works with."""
    call_command("migrate", verbosity=0)
    generated = Organization.objects.filter(slug__startswith="volume-")
    if User.objects.exclude(email__endswith="@volume.example").exists():
        raise SystemExit("This database has people of its own. Name an empty one in DATABASE_URL.")
    if not generated.exists():
        size = {"organizations": max(2, deals // ORGANIZATIONS_OF), "deals": deals, "contacts": deals}
        call_command("generate_data", **size, activities=5 * deals)


def largest() -> Organization:
    """The one with half of everything."""
    return _by_size()[0]


def modest(deals: int) -> Organization:
    """The one with about so many deals."""
    return min(_by_size()[1:], key=lambda organization: abs(organization.size - deals))


def _by_size() -> list[Organization]:
    sizes = dict(Deal.objects.order_by().values_list("organization").annotate(Count("pk")))
    found = list(Organization.objects.filter(slug__startswith="volume-"))
    for organization in found:
        organization.size = sizes.get(organization.pk, 0)
    return sorted(found, key=lambda organization: -organization.size)
