"""Two mirrored organizations: the same people and records, under other names; and what belongs to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection
from django.db.models import Model, Q

from activities.models import Activity, Type
from contacts.models import Company, Contact
from deals.models import Deal, Status
from deals.pipelines import Pipeline, Stage
from organizations import accounts, actions, tokens
from organizations.models import ExchangeRate, Membership, Organization, User
from organizations.roles import Role
from organizations.tenancy.models import TenantModel
from tasks.models import Task

PASSWORD = "correct horse battery"
COLLEAGUE, PARTNER = "colleague", "partner"  # a member whose records are another's to all roles; a second owner
CURRENCIES = ("USD", "GBP", "CHF")


@dataclass
class Place:
    """One of the two; `word` stands in every text of it, so that a text found anywhere says whose it is."""

    word: str
    organization: Organization
    members: dict[str, Membership] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)  # by role, by kind
    tokens: list[str] = field(default_factory=list)  # of invitations; the first is revoked
    offered: str = ""  # the token of an open invitation into another organization
    passkey: Any = None  # the partner's, who signs in nowhere

    @property
    def owner(self) -> Membership:
        return self.members[Role.OWNER]

    def rows(self) -> dict[type[Model], list[tuple[Any, ...]]]:
        """Every row that is of this organization or of one of its people, in every table."""
        return {model: _found(*query) for model, query in self._queries}

    @cached_property
    def _queries(self) -> list[tuple[type[Model], tuple[str, Any]]]:
        """Written once: they are asked after every attempt that writes."""
        return [
            (model, model._base_manager.filter(condition).order_by("pk").values_list().query.sql_with_params())
            for model, condition in self._conditions()
        ]

    def ids(self) -> dict[type[Model], list[int]]:
        found = {model: [row[0] for row in rows] for model, rows in self.rows().items()}
        return {model: [pk for pk in ids if isinstance(pk, int)] for model, ids in found.items()}

    def _conditions(self) -> Iterator[tuple[Any, Q]]:
        people = [membership.user_id for membership in self.members.values()]
        for model in apps.get_models():
            if model is Organization:
                yield model, Q(pk=self.organization.pk)
            elif model is User:
                yield model, Q(pk__in=people)
            elif issubclass(model, TenantModel):
                yield model, Q(organization=self.organization)
            elif names := [key.name for key in model._meta.fields if key.related_model is User]:
                yield model, Q(*((f"{name}__in", people) for name in names), _connector=Q.OR)

    def kinds_without_rows(self) -> list[str]:
        """Tables of organizations that this one has nothing in: nothing is proved about them."""
        return [model._meta.label for model, rows in self.rows().items() if issubclass(model, TenantModel) and not rows]


def _found(sql: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def build(word: str) -> Place:
    owner = actions.register(
        email=f"owner@{word}.example", password=PASSWORD, name=f"Olga {word}", organization_name=word
    )
    place = Place(word, owner.organization, {Role.OWNER: owner})
    for name in (Role.ADMIN, Role.MANAGER, Role.MEMBER, COLLEAGUE, PARTNER):
        place.members[name] = _hire(place, name)
    for name, membership in place.members.items():
        place.records[name] = _work(membership, f"{name} {word}")
        tokens.issue(membership.user)
    _settle(place)
    return place


def _hire(place: Place, name: str) -> Membership:
    user = accounts.create_user(email=f"{name}@{place.word}.example", password=PASSWORD, name=f"{name} {place.word}")
    role = {COLLEAGUE: Role.MEMBER, PARTNER: Role.OWNER}.get(name, name)
    return Membership(organization=place.organization, user=user, role=role).save_by(None)


def _work(by: Membership, words: str) -> dict[str, Any]:
    """A record of each kind that one member answers for."""
    company = Company(name=f"Company of {words}", external_id=f"company {words}").save_by(by)
    contact = Contact(name=f"Contact of {words}", company=company, external_id=f"contact {words}").save_by(by)
    deal = Deal(title=f"Deal of {words}", contact=contact, amount=1200, external_id=f"deal {words}").save_by(by)
    deal.stage = Stage.objects.for_membership(by).get(slug="proposal", pipeline=deal.stage.pipeline_id)
    deal.save_by(by)
    task = Task(title=f"Task of {words}", deal=deal).save_by(by)
    comment = Activity(deal=deal, type=Type.COMMENT, payload={"text": f"Comment of {words}"}).save_by(by)
    free = Contact(name=f"Acquaintance of {words}").save_by(by)
    company_too = Company(name=f"Neighbor of {words}").save_by(by)
    kept = {"company": company, "contact": contact, "deal": deal, "task": task, "activity": comment, "free": free}
    return {**kept, "free_company": company_too, "membership": by, "user": by.user}


def _settle(place: Place) -> None:
    """What an organization's administrators keep."""
    owner, word = place.owner, place.word
    kept = place.records[Role.OWNER]
    kept["pipeline"] = Pipeline(organization=place.organization, name=f"Pipeline {word}").save_by(owner)
    for name in ("First", "Second"):
        kept["stage"] = Stage(organization=place.organization, pipeline=kept["pipeline"], name=f"{name} {word}")
        kept["stage"].save_by(owner)
    Deal(title=f"Lost of {word}", contact=kept["contact"], status=Status.LOST).save_by(owner)
    for currency in CURRENCIES:
        kept["rate"] = ExchangeRate(organization=place.organization, currency=currency, rate="0.9").save_by(owner)
    key = {"name": f"Passkey {word}", "credential": {}}
    partner = place.members[PARTNER].user
    place.passkey = Authenticator.objects.create(user=partner, type=Authenticator.Type.WEBAUTHN, data=key)
    for guest in ("guest", "guest", "friend"):  # the first invitation is superseded
        kept["invitation"], token = actions.invite(email=f"{guest}@{word}.example", role=Role.MEMBER, by=owner)
        place.tokens.append(token)
