"""A sales team with a given number of deals, made through the bulk hall, the same each time."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal
from typing import Any

from contacts.models import Company, Contact
from deals.models import Deal, Status
from deals.pipelines import Stage
from organizations.actions import register
from organizations.models import Membership
from organizations.roles import Role
from organizations.tenancy import clock
from organizations.tenancy.bulk import save_all_by
from organizations.users import User
from tasks.models import Task

BATCH = 1000
PASSWORD = "benchmark-of-kontor"
STATUSES = (Status.NEW, Status.IN_PROGRESS, Status.IN_PROGRESS, Status.WON, Status.LOST)
CURRENCIES = ("EUR", "EUR", "EUR", "USD")


def make_team(deals: int, *, seed: int = 1) -> Membership:
    """The owner of a new organization with so many deals, a fifth as many contacts, and a fifth as many tasks."""
    chance = random.Random(seed)
    name = f"Benchmark of {deals}"
    owner = register(
        email=f"owner-{deals}@benchmark.example", password=PASSWORD, name="Olga Owner", organization_name=name
    )
    sellers = [owner.user, *(_seller(owner, number) for number in range(4))]
    companies = _save([_company(owner, sellers, number) for number in range(deals // 20)], owner)
    contacts = _save([_contact(owner, chance, companies, number) for number in range(deals // 5)], owner)
    stages = list(Stage.objects.for_membership(owner))
    made = _save([_deal(owner, chance, contacts, stages, number) for number in range(deals)], owner)
    _save([_task(owner, chance, made, number) for number in range(deals // 5)], owner)
    return owner


def _save(records: list[Any], by: Membership) -> list[Any]:
    for start in range(0, len(records), BATCH):
        for _record, refusal in save_all_by(records[start : start + BATCH], by).refused:
            raise refusal
    return records


def _seller(owner: Membership, number: int) -> User:
    user = User.objects.create_user(f"seller-{owner.pk}-{number}@benchmark.example", PASSWORD, name=f"Seller {number}")
    Membership(organization=owner.organization, user=user, role=Role.MEMBER).save_by(owner)
    return user


def _company(owner: Membership, sellers: list[User], number: int) -> Company:
    return Company(organization=owner.organization, owner=sellers[number % 5], name=f"Company {number:06}")


def _contact(owner: Membership, chance: random.Random, companies: list[Company], number: int) -> Contact:
    company = chance.choice(companies)
    return Contact(
        organization=owner.organization,
        owner=company.owner,
        company=company,
        name=f"Contact {number:06}",
        email=f"contact-{number}@company.example",
        phone=f"+49 30 {number:07}",
    )


def _deal(owner: Membership, chance: random.Random, contacts: list[Contact], stages: list[Stage], number: int) -> Deal:
    contact, created = chance.choice(contacts), clock.now() - timedelta(minutes=chance.randrange(365 * 24 * 60))
    status = chance.choice(STATUSES)
    return Deal(
        organization=owner.organization,
        owner=contact.owner,
        contact=contact,
        company=contact.company,
        title=f"Deal {number:06}",
        amount=Decimal(chance.randrange(1, 500)) * 100,
        currency=chance.choice(CURRENCIES),
        status=status,
        stage=stages[-1] if status in (Status.WON, Status.LOST) else chance.choice(stages),
        created_at=created,
    )


def _task(owner: Membership, chance: random.Random, deals: list[Deal], number: int) -> Task:
    deal, today = chance.choice(deals), owner.organization.today()
    return Task(
        organization=owner.organization,
        deal=deal,
        assignee=deal.owner,
        title=f"Call {number:06}",
        due_date=today + timedelta(days=chance.randrange(60)),
    )
