"""Finds the neighbors that a file names, by a column of theirs, in one organization only, a whole batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from contacts.models import Company, Contact
from deals.pipelines import Stage
from organizations.models import Organization, User

PORTION = 300  # values a statement


@dataclass(frozen=True)
class Way:
    """How a neighbor is found: among these rows, by this column."""

    rows: Callable[[Organization], QuerySet[Any]]
    column: str


def _companies(organization: Organization) -> QuerySet[Company]:
    return Company.objects.filter(organization=organization)


def _contacts(organization: Organization) -> QuerySet[Contact]:
    return Contact.objects.filter(organization=organization).select_related("company")


def _members(organization: Organization) -> QuerySet[User]:
    return User.objects.filter(memberships__organization=organization)


def _stages(organization: Organization) -> QuerySet[Stage]:
    return Stage.objects.filter(organization=organization, pipeline__is_default=True)


WAYS = {
    "company.name": Way(_companies, "name"),
    "company.external_id": Way(_companies, "external_id"),
    "contact.name": Way(_contacts, "name"),
    "contact.email": Way(_contacts, "email"),
    "contact.external_id": Way(_contacts, "external_id"),
    "owner.email": Way(_members, "email"),
    "owner.name": Way(_members, "name"),
    "stage": Way(_stages, "slug"),
}


class Neighbors:
    """The neighbors that some rows name, found with a few statements."""

    def __init__(self, organization: Organization, rows: Iterable[dict[str, str]]):
        wanted: dict[str, set[str]] = defaultdict(set)
        for values in rows:
            for target in values.keys() & WAYS.keys():
                wanted[target].add(values[target])
        self.found = {
            target: find_all(WAYS[target].rows(organization), WAYS[target].column, texts)
            for target, texts in wanted.items()
        }

    def get(self, target: str, text: str) -> Any:
        """The one neighbor of this name. Raises ValidationError when there is none, or more than one."""
        found = self.found[target].get(text, [])
        if not found:
            sentence = f'There is no such record in this organization: "{text}".'
            raise ValidationError(sentence, "does_not_exist")
        if len(found) > 1:
            raise ValidationError(f'{len(found)} records of this organization are called "{text}".', "ambiguous")
        return found[0]


def find_all(rows: QuerySet[Any], column: str, texts: set[str]) -> dict[str, list[Any]]:
    """Those of these rows that have one of the texts in this column, by the text that was looked for."""
    field = rows.model._meta.get_field(column)
    spelled = {text: field.to_python(text) for text in sorted(texts) if text}
    wanted = sorted(set(spelled.values()))
    found = defaultdict(list)
    for start in range(0, len(wanted), PORTION):
        for row in rows.filter(**{f"{column}__in": wanted[start : start + PORTION]}):
            found[getattr(row, column)].append(row)
    return {text: found[form] for text, form in spelled.items() if form in found}
