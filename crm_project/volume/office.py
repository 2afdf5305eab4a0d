"""Opens the organizations: people, pipeline and rates, through the hall like any other organization."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from crm_project.volume import words
from crm_project.volume.shares import Share
from deals.pipelines import Stage
from organizations.actions import open_organization
from organizations.models import ExchangeRate, Membership, Organization, User
from organizations.roles import Power, Role
from organizations.tenancy import clock
from organizations.tenancy.bulk import save_all_by

AGE = timedelta(days=730)  # of every organization
BASE_CURRENCY = "EUR"
RATES = {"USD": Decimal("0.92"), "GBP": Decimal("1.17")}
ROLES = (Role.ADMIN, Role.MANAGER)  # of those who join first; all others are members
LARGEST_TEAM, DEALS_OF_A_SELLER = 40, 500


@dataclass
class Office:
    """An organization as it works: its team, the owner first, and the stages of its pipeline."""

    organization: Organization
    team: list[Membership]
    stages: list[Stage]
    share: Share
    founded: datetime
    until: datetime
    random: Random

    @property
    def leaders(self) -> list[Membership]:
        return [member for member in self.team if member.may(Power.ASSIGN)]

    def moment(self, part: float) -> datetime:
        """When this part of its whole time had passed, in whole seconds."""
        return self.founded + timedelta(seconds=int(part * AGE.total_seconds()))


def open_office(number: int, share: Share, *, password_hash: str, until: datetime, seed: int) -> Office:
    random = Random(f"{seed} {number}")
    with clock.at(until - AGE):
        team = _hire(number, share, password_hash, random)
        organization = team[0].organization
        for currency, rate in RATES.items():
            ExchangeRate(organization=organization, currency=currency, rate=rate).save_by(team[0])
    stages = list(Stage.objects.for_membership(team[0]).filter(pipeline__is_default=True))
    return Office(organization, team, stages, share, until - AGE, until, random)


def _hire(number: int, share: Share, password_hash: str, random: Random) -> list[Membership]:
    size = min(LARGEST_TEAM, 3 + share.deals // DEALS_OF_A_SELLER)
    users = [_user(number, place, password_hash, random) for place in range(size)]
    User.objects.bulk_create(users)
    owner = open_organization(users[0], name=f"Volume {number}", slug=f"volume-{number}", base_currency=BASE_CURRENCY)
    joining = [Membership(organization=owner.organization, user=user) for user in users[1:]]
    for member, role in zip(joining, ROLES, strict=False):
        member.role = role
    save_all_by(joining, owner)
    return [owner, *joining]


def _user(number: int, place: int, password_hash: str, random: Random) -> User:
    email = email_of(number, place)
    return User(
        email=email,
        verified_email=email,
        password=password_hash,
        name=words.person(random),
        created_at=clock.now(),
    )


def email_of(number: int, place: int) -> str:
    return f"{'seller' if place else 'owner'}-{number}{f'-{place}' if place else ''}@volume.example"
