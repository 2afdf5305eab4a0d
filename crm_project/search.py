"""Whatever of an organization has these words: contacts, companies, deals and tasks, the best first. Pure queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from contacts import likeness
from contacts.models import Company, Contact
from deals.models import Deal
from organizations.models import Membership
from organizations.tenancy.fields import fold
from organizations.tenancy.ids import parse_id
from tasks.models import Task

FEWEST, LONGEST, SHOWN = 2, 200, 5
NUMBER = re.compile(r"#?\s*(\d{1,18})")


@dataclass(frozen=True)
class Group:
    """The best records of one kind, and whether there are more of them."""

    kind: str
    records: list[Any]
    has_more: bool


def is_enough(words: str) -> bool:
    """Fewer letters are in nearly every record; a number may be short."""
    return len(fold(words)) >= FEWEST or _number(words) is not None


def find(by: Membership, words: str, *, limit: int = SHOWN) -> list[Group]:
    """Four queries; groups in the order of their best record: a number or an address, a phone, a beginning, a part."""
    words = words.strip()
    if not is_enough(words):
        return []
    groups = [_group(kind, records, limit) for kind, records in _found(by, words).items()]
    return sorted((group for group in groups if group.records), key=lambda group: group.records[0].rank)


def _group(kind: str, records: Any, limit: int) -> Group:
    found = list(records[: limit + 1])
    return Group(kind, found[:limit], len(found) > limit)


def _found(by: Membership, words: str) -> dict[str, Any]:
    number, phone, begins = _number(words), _phone(words), Q(search_text__startswith=fold(words))
    contacts = Contact.objects.for_membership(by).search(words).select_related("company")
    companies = Company.objects.for_membership(by).search(words)
    deals = Deal.objects.for_membership(by)
    tasks = Task.objects.for_membership(by).search(words).select_related("deal")
    return {
        "deals": _best(
            (deals.search(words) | deals.filter(_is(number))).select_related("contact", "company"),
            [_is(number), Q(pk__in=[]), begins],
            "title",
        ),
        "contacts": _best(contacts, [Q(email_key=likeness.key(words)), phone, begins], "name"),
        "companies": _best(companies, [Q(domain_key=likeness.domain_key(words)), phone, begins], "name"),
        "tasks": _best(tasks, [Q(pk__in=[]), Q(pk__in=[]), begins], "title"),
    }


def _best(records: Any, ranks: list[Q], name: str) -> Any:
    cases = [When(rank, then=Value(place)) for place, rank in enumerate(ranks)]
    rank = Case(*cases, default=Value(len(ranks)), output_field=IntegerField())
    return records.annotate(rank=rank).order_by("rank", name, "pk")


def _number(words: str) -> int | None:
    match = NUMBER.fullmatch(words.strip())
    return parse_id(match[1]) if match else None


def _is(number: int | None) -> Q:
    return Q(pk=number) if number else Q(pk__in=[])


def _phone(words: str) -> Q:
    sought = likeness.sought_digits(words)
    return Q(phone_digits__contains=sought) if sought else Q(pk__in=[])
