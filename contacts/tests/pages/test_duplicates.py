"""Before a contact or a company is created by page, the reader is asked about those that are probably the same."""

import pytest
from django.db import connection

from contacts.duplicates import companies_like, contacts_like
from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory

ANNA = {"name": "Anna Karg", "email": "anna@karg.example", "phone": "+49 170 1234567"}


@pytest.fixture
def alster(owner):
    return CompanyFactory(by=owner, name="Alster", domain="https://www.alster.example", phone="040 123456")


@pytest.fixture
def anna(owner, alster):
    return ContactFactory(by=owner, **ANNA, company=alster)


def asked(page):
    """About whom the page asks, by name and fields sent along, and what its button says."""
    names = page.all(r"<strong>(.*?) already exists</strong>")
    assert len(page.all(r'name="seen_duplicate" value="(\d+)"')) == len(names)
    return page.status, names, page.all('<button class="button primary" type="submit">(.*?)</button>')[0]


@pytest.mark.parametrize(
    "values",
    [
        {"name": "A. K.", "email": "ANNA@Karg.example"},
        {"name": "A. K.", "phone": "0170/1234567"},
        {"name": "A. K.", "phone": "+491701234567"},
        {"name": "ÁNNA  karg"},
    ],
)
def test_contact_that_probably_exists_is_shown_before_it_is_created(at, member, anna, values):
    page = at(member).send("contacts/new/", **values)

    assert asked(page) == (422, ["Anna Karg"], "Create anyway")
    assert page.all('class="banner warn">.*?<a [^>]*href="(.*?)"') == [
        f"/o/{member.organization.slug}/contacts/{anna.pk}/"
    ]
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Anna Berg"},
        {"name": "A. K.", "email": "anna@berg.example"},
        {"name": "A. K.", "phone": "0171 1234567"},
        {"name": "A. K.", "phone": "4567"},
    ],
)
def test_contact_that_is_like_none_is_created_at_once(at, member, anna, values):
    assert at(member).send("contacts/new/", **values).status == 302


def test_name_at_another_company_is_another_person(at, member, owner, anna, alster):
    other = CompanyFactory(by=owner)

    assert at(member).send("contacts/new/", name="Anna Karg", company=other.pk).status == 302
    assert asked(at(member).send("contacts/new/", name="Anna Karg", company=alster.pk))[:2] == (422, ["Anna Karg"])


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"name": "ALSTER"}, ["Alster"]),
        ({"name": "A", "domain": "Alster.example"}, ["Alster"]),
        ({"name": "A", "phone": "0049 (40) 123456"}, []),
        ({"name": "A", "phone": "(040) 12-34-56"}, ["Alster"]),
        ({"name": "A", "domain": "alster.test"}, []),
    ],
)
def test_company_that_probably_exists_is_shown_before_it_is_created(at, member, alster, values, names):
    page = at(member).send("companies/new/", **values)

    assert (asked(page)[:2] if names else (page.status, [])) == ((422, names) if names else (302, []))


def test_who_saw_it_creates_anyway(at, member, anna):
    page = at(member).send("contacts/new/", name="Anna Karg", seen_duplicate=anna.pk)

    assert (page.status, Contact.objects.filter(name="Anna Karg").count()) == (302, 2)


def test_what_was_not_shown_is_asked_for_again(at, member, owner, anna):
    bert = ContactFactory(by=owner, name="Bert")
    values = {"name": "Bert", "phone": ANNA["phone"]}

    page = at(member).send("contacts/new/", **values, seen_duplicate=bert.pk)

    assert asked(page)[:2] == (422, ["Anna Karg", "Bert"])
    assert at(member).send("contacts/new/", **values, seen_duplicate=[anna.pk, bert.pk]).status == 302


@pytest.mark.parametrize("seen", ["x", "9" * 40, "-1"])
def test_nonsense_about_what_was_shown_is_no_answer(at, member, anna, seen):
    assert at(member).send("contacts/new/", name="Anna Karg", seen_duplicate=seen).status == 422


def test_name_of_nothing_but_accents_is_like_none(at, member):
    names = [at(member).send("contacts/new/", name="\u0301").status for _ in range(2)]

    assert names == [302, 302]


def test_wrong_form_is_not_asked_about(at, member, anna):
    page = at(member).send("contacts/new/", name="Anna Karg", email="anna")

    assert page.errors == (422, {"email": "Enter a valid email address."})
    assert asked(page)[1:] == ([], "Create contact")


def test_contact_of_another_organization_is_like_none(at, member, stranger):
    ContactFactory(by=stranger, **ANNA)

    assert at(member).send("contacts/new/", **ANNA).status == 302


def test_changing_a_contact_asks_nothing(at, owner, anna):
    other = ContactFactory(by=owner, name="A. K.")

    assert at(owner).send(f"contacts/{other.pk}/edit/", **ANNA, owner=owner.user_id).status == 302


def test_api_is_free_to_create(call, member, anna):
    assert call(member).post("/api/v1/contacts", ANNA).status_code == 201


def test_no_more_than_five_are_shown(at, member, owner):
    for _ in range(6):
        ContactFactory(by=owner, **ANNA)

    assert len(asked(at(member).send("contacts/new/", **ANNA))[1]) == 5


@pytest.mark.parametrize("count", [1, 5])
def test_question_costs_one_look(at, member, owner, django_assert_num_queries, count):
    for _ in range(count):
        ContactFactory(by=owner, **ANNA, company=CompanyFactory(by=owner))

    with django_assert_num_queries(1):
        assert len([str(contact.company) for contact in contacts_like(Contact(**ANNA), member)]) == count


@pytest.mark.skipif(connection.vendor == "postgresql", reason="among few rows, PostgreSQL takes any index")
@pytest.mark.parametrize(
    "rows",
    [
        lambda by: contacts_like(Contact(**ANNA), by),
        lambda by: companies_like(Company(name="A", domain="a.example", phone="123456"), by),
    ],
    ids=["contacts", "companies"],
)
def test_indexes_lead_to_those_alike(owner, rows):
    text = rows(owner).explain()

    assert [name for name in ("name_key", "phone_key") if f"by_{name}" not in text] == [], text
