"""Who acts in a proof: members of an organization made for it, each with a token and a browser."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from contacts.models import Contact
from crm_project.proof.calls import Request
from deals.models import Deal
from organizations import tokens
from organizations.actions import open_organization
from organizations.models import Membership
from organizations.roles import Role
from organizations.tenancy.bulk import save_all_by
from organizations.users import User


@dataclass(frozen=True)
class Person:
    membership: Membership

    @cached_property
    def token(self) -> str:
        return str(tokens.issue(self.membership.user)["access_token"])

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Request:
        """A call of the API in their name."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = None if body is None else json.dumps(body).encode()
        own = {
            "Authorization": f"Bearer {self.token}",
            "X-Organization-Id": str(self.membership.organization_id),
            "Content-Type": "application/json",
        }
        return Request(method, f"/api/v1{path}", {**own, **named}, sent)

    def at(self, organization: Membership) -> Person:
        """The same person, signed in as before, in another organization."""
        double = Person(organization)
        double.__dict__["token"] = self.token
        return double

    @cached_property
    def cookies(self) -> str:
        browser = Client(SERVER_NAME="localhost")
        browser.force_login(self.membership.user)
        return f"sessionid={browser.cookies['sessionid'].value}; csrftoken={self.secret}"

    @cached_property
    def secret(self) -> str:
        return secrets.token_hex(16)

    def press(self, path: str, **values: Any) -> Request:
        """A form of a page, sent from their browser."""
        headers = {
            "Cookie": self.cookies,
            "X-CSRFToken": self.secret,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        place = f"/o/{self.membership.organization.slug}"
        return Request("POST", place + path, headers, urlencode(values).encode())

    def look(self, path: str) -> Request:
        return Request("GET", f"/o/{self.membership.organization.slug}{path}", {"Cookie": self.cookies})


class Team:
    """An organization of its own, with so many administrators beside its owner, and one contact."""

    def __init__(self, size: int):
        users = [_user() for _ in range(size)]
        self.owner = open_organization(users[0], name="Proof")
        self.organization = self.owner.organization
        self.people = [Person(self.owner), *(self.join(user) for user in users[1:])]
        self.contact = Contact(name="Anna Karg").save_by(self.owner)

    def join(self, user: User | None = None, role: Role = Role.ADMIN) -> Person:
        seat = Membership(organization=self.organization, user=user or _user(), role=role)
        return Person(seat.save_by(self.owner))

    def deal(self, **values: Any) -> Deal:
        return self.deals(1, **values)[0]

    def deals(self, count: int, **values: Any) -> list[Deal]:
        values = {"title": "Roof", "contact": self.contact, "amount": 5, **values}
        deals = [Deal(organization=self.organization, **values) for _ in range(count)]
        save_all_by(deals, self.owner)
        return deals


def _user() -> User:
    name = secrets.token_hex(6)
    user: User = User.objects.create_user(f"{name}@proof.example", name=f"P {name}")
    return user
