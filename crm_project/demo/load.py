"""Loads the demo, once, and only where its public passwords endanger nobody."""

from __future__ import annotations

import os
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from crm_project.demo.alatau import ALATAU
from crm_project.demo.course import draw
from crm_project.demo.nordwind import NORDWIND
from crm_project.demo.office import Office
from crm_project.demo.people import OPERATOR_EMAIL, OPERATOR_NAME, PASSWORD
from crm_project.demo.replay import replay
from crm_project.demo.script import Person, Script
from crm_project.demo.story import Story
from organizations.actions import open_organization
from organizations.models import ExchangeRate, Membership, User
from organizations.tenancy import clock

SCRIPTS = (NORDWIND, ALATAU)
EMAILS = {OPERATOR_EMAIL, *(person.email for script in SCRIPTS for person in script.people)}
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]"}
FOUNDED = 370  # days ago


def is_loaded() -> bool:
    """Somebody of the demo is here. Who deletes a demo organization keeps its people, so it does not come back."""
    return User.objects.filter(email__in=EMAILS).exists()


def objection() -> str | None:
    """Why the demo, whose passwords everybody knows, should not be loaded here; None where it may."""
    if User.objects.exists():
        return "This installation has people of its own."
    return exposure()


def exposure() -> str | None:
    """Whom public passwords would let in from outside; None where only this machine is let in."""
    if strange := sorted(set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS):
        return f"This installation answers to the world ({', '.join(strange)})."
    address = os.environ.get("BIND", "127.0.0.1").rpartition(":")[0] or "127.0.0.1"
    if address not in LOCAL_HOSTS:
        return f"This installation listens to the world (BIND is at {address})."
    return None


@transaction.atomic
def load_once(*, force: bool) -> str:
    """Load the demo, unless it is here or should not be; answers in a sentence what was done."""
    if is_loaded():
        return "The demo is here already: nothing was changed."
    if (problem := objection()) and not force:
        return f"{problem} The demo was not loaded, for its passwords are public. Load it all the same with --force."
    _load(clock.now())
    return "The demo is loaded."


def _load(now: datetime) -> None:
    User.objects.create_superuser(OPERATOR_EMAIL, PASSWORD, name=OPERATOR_NAME)
    replay([story.tell() for script in SCRIPTS for story in _stories(script, now)])


def _stories(script: Script, now: datetime) -> list[Story]:
    """The organization is founded; what it sells is still to be told."""
    day = now.astimezone(ZoneInfo(script.time_zone)).date() - timedelta(days=FOUNDED)
    with clock.at(datetime.combine(day, time(9), ZoneInfo(script.time_zone))):
        office = _found(script)
    _note_rates(office, now)
    return [Story(course, office, now) for course in draw(script)]


def _found(script: Script) -> Office:
    founder, *others = script.people
    with override(founder.locale):  # stages are named in it
        owner = open_organization(
            _user(founder),
            name=script.name,
            slug=script.slug,
            base_currency=script.base_currency,
            time_zone=script.time_zone,
        )
    organization = owner.organization
    team = [owner]
    for person in others:
        joined = Membership(organization=organization, user=_user(person), role=person.role)
        team.append(joined.save_by(owner))
    return Office(script, organization, team)


def _user(person: Person) -> User:
    known = User.objects.filter(email=person.email).first()
    return known or User.objects.create_user(
        person.email,
        PASSWORD,
        name=person.name,
        verified_email=person.email,
        locale=person.locale,
        time_zone=person.time_zone,
        created_at=clock.now(),
    )


def _note_rates(office: Office, now: datetime) -> None:
    for currency, foreign in office.script.foreign.items():
        for days_ago, rate in foreign.rates.items():
            with clock.at(now - timedelta(days=days_ago)):
                noted = ExchangeRate(organization=office.organization, currency=currency, rate=Decimal(rate))
                noted.save_by(office.team[0])


def sign_ins() -> list[tuple[str, str, str, str]]:
    """Organization, role, e-mail and password of everybody of the demo who is here."""
    members = Membership.objects.filter(user__email__in=EMAILS).select_related("organization", "user")
    rows = [
        (member.organization.name, str(member.get_role_display()), member.user.email, PASSWORD)
        for member in members.order_by("id")
    ]
    operators = User.objects.filter(email=OPERATOR_EMAIL)
    return rows + [("(the admin: /admin/)", "Operator", user.email, PASSWORD) for user in operators]
