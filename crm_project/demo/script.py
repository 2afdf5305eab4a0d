"""What has to be known of an organization to tell a year of its sales: its people, customers, wares and words."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from organizations.roles import Role


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    role: Role
    locale: str
    time_zone: str


@dataclass(frozen=True)
class Product:
    title: str  # with a place for the customer's name
    lowest: int  # what it costs, in the base currency
    highest: int


@dataclass(frozen=True)
class Foreign:
    """A foreign currency: what one unit is worth, and the rates that the organization noted, by days ago."""

    worth: Decimal
    rates: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """What the sales people write, with places for the contact's {first} name and the {company}."""

    comments: dict[str, list[str]]  # by stage
    tasks: dict[str, list[str]]  # by stage
    asked: list[str]
    answered: list[str]
    won: list[str]
    lost: list[str]
    lost_reasons: list[str]


@dataclass(frozen=True)
class Customer:
    name: str
    currency: str
    domain: str
    phone: str
    address: str
    contacts: list[dict[str, str]]  # name, job_title, email, phone


@dataclass(frozen=True)
class Script:
    name: str
    slug: str
    base_currency: str
    time_zone: str
    people: list[Person]
    products: list[Product]
    foreign: dict[str, Foreign]
    words: Words
    open_deals: tuple[int, int, int]  # in qualification, proposal, negotiation
    lost_deals: tuple[int, int, int]  # the same
    won_deals: int

    def customers(self) -> list[Customer]:
        """The customers of the file beside this one; a row without an address is one more contact of the same."""
        customers: dict[str, Customer] = {}
        with (Path(__file__).parent / f"{self.slug}.csv").open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                facts = {name: row[name] for name in ("currency", "domain", "phone", "address")}
                customer = customers.setdefault(row["company"], Customer(row["company"], contacts=[], **facts))
                customer.contacts.append(_contact(row, customer))
        return list(customers.values())


def _contact(row: dict[str, str], customer: Customer) -> dict[str, str]:
    extension = len(customer.contacts) + 1
    return {
        "name": row["contact"],
        "job_title": row["job_title"],
        "email": f"{row['mailbox']}@{customer.domain}",
        "phone": f"{customer.phone[:-1]}{extension}",
    }
