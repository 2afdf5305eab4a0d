"""Search finds what a plain look into each text finds, whatever the words, however few letters they have."""

from random import Random

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection

from contacts.likeness import sought_digits
from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.tenancy import seeking
from organizations.tenancy.fields import fold

LETTERS = "abcАЯё é'\"%_\\01+"


@pytest.fixture
def random():
    return Random(7)


@pytest.fixture
def world(owner, stranger, random):
    def text():
        return "x" + "".join(random.choices(LETTERS, k=random.randint(2, 9))) + "y"

    for by in (owner, stranger):
        companies = [CompanyFactory(by=by, name=text()) for _ in range(4)]
        phone = "+49 30 " + "".join(random.choices("0123", k=6))
        contacts = [ContactFactory(by=by, name=text(), phone=phone, company=company) for company in [*companies, None]]
        for contact in contacts * 2:
            DealFactory(by=by, contact=contact, title=text())


def has(record, needle):
    return record is not None and needle in record.search_text


def plainly(rows, words):
    needle, number = fold(words.strip()), sought_digits(words.strip())
    found = set()
    for row in rows:
        neighbors = [getattr(row, name, None) for name in ("contact", "company")]
        in_phone = number and number in getattr(row, "phone_digits", "")
        if in_phone or any(has(record, needle) for record in (row, *neighbors)):
            found.add(row.pk)
    return found


@pytest.mark.parametrize("model", [Company, Contact, Deal])
def test_search_finds_what_a_plain_look_finds(owner, world, random, model):
    rows = list(model.objects.for_membership(owner))
    texts = [row.search_text for row in rows] + ["300", "0049", "zzz"]
    hits = 0
    for _ in range(60):
        text, size = random.choice(texts), random.randint(1, 5)
        start = random.randrange(max(1, len(text) - size + 1))
        words = text[start : start + size]

        found = {row.pk for row in model.objects.for_membership(owner).search(words)}

        assert found == plainly(rows, words), words
        hits += bool(found)
    assert hits > 30


def test_search_without_an_organization_is_for_operators(world):
    everywhere = Deal.objects.search("x")

    assert {deal.pk for deal in everywhere} == set(Deal.objects.values_list("pk", flat=True))


def test_neighbors_of_another_organization_are_not_even_looked_at(owner):
    asked = str(Deal.objects.for_membership(owner).search("abc").query)

    assert asked.count(f'"organization_id" = {owner.organization_id}') == 3


def test_role_that_may_not_add_extensions_is_told_who_may(monkeypatch):
    def refuse(*_):
        raise ProgrammingError("permission denied to create extension")

    monkeypatch.setattr(seeking.RunOnPostgreSQL, "database_forwards", refuse)

    with pytest.raises(ImproperlyConfigured) as refusal:
        seeking.AddExtensions().database_forwards("contacts", connection.schema_editor(), None, None)

    assert str(refusal.value) == (
        "This database role may not add extensions. Let a superuser run in this database:"
        " CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gin; Then migrate again."
    )
