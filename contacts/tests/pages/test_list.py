"""The lists of contacts and companies."""

import re

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory
from organizations.tenancy import views


def test_contacts_by_name(at, owner):
    for name in ("Bert", "Anna", "Carla"):
        ContactFactory(by=owner, name=name)

    page = at(owner).read("contacts/")

    assert (page.status, page.heading, page.rows) == (200, "Contacts", ["Anna", "Bert", "Carla"])


def test_companies_by_name(at, owner):
    for name in ("Borealis", "Alster"):
        CompanyFactory(by=owner, name=name)

    page = at(owner).read("companies/")

    assert (page.status, page.heading, page.rows) == (200, "Companies", ["Alster", "Borealis"])


@pytest.mark.parametrize(
    ("sort", "rows"),
    [
        ("-name", ["Bert", "Anna"]),
        ("created_at", ["Bert", "Anna"]),
        ("-created_at", ["Anna", "Bert"]),
        ("owner__password", ["Anna", "Bert"]),
        ("--name", ["Anna", "Bert"]),
    ],
)
def test_order(at, owner, sort, rows):
    for name in ("Bert", "Anna"):
        ContactFactory(by=owner, name=name)

    assert at(owner).read("contacts/", sort=sort).rows == rows


@pytest.mark.parametrize("words", ["anna", "KARG.example", " 4170 ", "nordlicht"])
def test_search_looks_where_the_api_looks(at, owner, words):
    company = CompanyFactory(by=owner, name="Nordlicht")
    ContactFactory(by=owner, name="Anna", email="anna@karg.example", phone="+49 4170", company=company)
    ContactFactory(by=owner, name="Bert")

    assert at(owner).read("contacts/", search=words).rows == ["Anna"]


def test_search_is_kept_in_its_field(at, owner):
    assert 'name="search" value="&lt;b&gt;"' in at(owner).read("contacts/", search="<b>").html


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("a" * 201, "Ensure this value has at most 200 characters (it has 201)."),
        ("a\0", "Null characters are not allowed."),
    ],
)
def test_search_that_cannot_be_says_why(at, owner, words, sentence):
    ContactFactory(by=owner)

    page = at(owner).read("contacts/", search=words)

    assert (page.status, page.rows, page.reasons) == (200, [], [sentence])


def test_ones_own(at, member, manager):
    ContactFactory(by=member, name="Mine")
    ContactFactory(by=manager, name="Theirs")

    assert at(member).read("contacts/", owner_id=member.user_id).rows == ["Mine"]


def test_member_may_not_list_by_another_owner(at, member, manager):
    page = at(member).read("contacts/", owner_id=manager.user_id)

    assert (page.status, "You may list only what you own." in page.html) == (403, True)


def test_pages(at, owner, monkeypatch):
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    for name in "ABC":
        ContactFactory(by=owner, name=name)

    first = at(owner).read("contacts/")
    second = at(owner).read(
        "contacts/" + re.search(r'href="([^"]*)" *rel="next"|rel="next" href="([^"]*)"', first.html)[2]
    )

    assert (first.rows, second.rows) == (["A", "B"], ["C"])
    assert (first.all('class="pagination".*?<p>(.*?)</p>'), second.all('class="pagination".*?<p>(.*?)</p>')) == (
        ["2 of 3"],
        ["1 of 3"],
    )


@pytest.mark.parametrize("cursor", ["9", "", "x", "9" * 30])
def test_what_is_no_cursor_leads_to_the_beginning(at, owner, cursor):
    ContactFactory(by=owner, name="A")

    assert at(owner).read("contacts/", cursor=cursor).rows == ["A"]


def test_list_that_is_empty_shows_how_to_begin(at, owner):
    page = at(owner).read("contacts/")

    assert page.all("<h2>(.*?)</h2>") == ["The people you sell to will be here."]


def test_list_that_is_narrowed_to_nothing_shows_the_way_back(at, owner):
    assert at(owner).read("companies/", search="nobody").all("<h2>(.*?)</h2>") == ["Nothing fits"]


def test_contacts_of_others_are_not_in_the_list(at, owner, stranger):
    ContactFactory(by=stranger)

    assert at(owner).read("contacts/").rows == []


@pytest.mark.parametrize("kind", ["contacts", "companies"])
@pytest.mark.parametrize("count", [1, 12])
def test_list_asks_the_database_as_often_for_many_rows(at, owner, django_assert_num_queries, kind, count):
    for _ in range(count):
        company = CompanyFactory(by=owner)
        ContactFactory(by=owner, company=company)
    reader = at(owner)

    with django_assert_num_queries(6):
        reader.read(f"{kind}/")
