"""Anything is found by what one knows of it, the best first, and nothing of another organization."""

import pytest
from django.db import connection

from contacts.tests.factories import CompanyFactory, ContactFactory
from crm_project.search import find
from deals.tests.factories import DealFactory
from organizations.tests.answers import refusal
from tasks.tests.factories import TaskFactory


@pytest.fixture
def anna(owner):
    return ContactFactory(by=owner, name="Anna Karg", email="anna@solar.example", phone="0170 1234567")


def found(by, words):
    return {group.kind: [str(record) for record in group.records] for group in find(by, words)}


@pytest.mark.parametrize(
    "words", ["anna", "KARG", "anna@solar.example", "solar.ex", "+49 170 12345", "017012", " ánna "]
)
def test_contact_is_found_by_any_part(owner, anna, words):
    assert found(owner, words) == {"contacts": ["Anna Karg"]}


@pytest.mark.parametrize("words", ["a", "", "%", "_", "100%", "' OR 1=1", "́"])
def test_letters_that_say_nothing_find_nothing(owner, anna, words):
    assert found(owner, words) == {}


def test_each_kind_is_found_by_its_name(owner):
    CompanyFactory(by=owner, name="Solar AG", domain="solar.example")
    deal = DealFactory(by=owner, title="Solar roof", contact=ContactFactory(by=owner, name="Bert"))
    TaskFactory(by=owner, deal=deal, title="Offer solar panels")

    assert found(owner, "solar") == {
        "deals": ["Solar roof"],
        "companies": ["Solar AG"],
        "tasks": ["Offer solar panels"],
    }


@pytest.mark.parametrize("spelling", ["{}", "#{}", " # {}"])
def test_number_leads_to_its_deal_first(owner, spelling):
    deal = DealFactory(by=owner, title="Roof")
    DealFactory(by=owner, title=f"{deal.pk} panels")

    assert found(owner, spelling.format(deal.pk))["deals"][0] == "Roof"


def test_name_that_begins_so_comes_before_one_that_has_it_inside(owner):
    for name in ("Marianna", "Anna", "Johanna"):
        ContactFactory(by=owner, name=name)

    assert found(owner, "anna") == {"contacts": ["Anna", "Johanna", "Marianna"]}


def test_group_of_the_best_record_comes_first(owner, anna):
    DealFactory(by=owner, title="For anna@solar.example", contact=anna)

    assert list(found(owner, "anna@solar.example")) == ["contacts", "deals"]


def test_five_of_a_kind_are_shown_and_more_are_told(owner):
    for number in range(6):
        ContactFactory(by=owner, name=f"Anna {number}")

    group = find(owner, "anna")[0]

    assert (len(group.records), group.has_more) == (5, True)


def test_nothing_of_another_organization_is_found(anna, stranger):
    assert found(stranger, "anna") == {}


def test_search_takes_a_question_for_each_kind(owner, anna, django_assert_num_queries):
    each = {"postgresql": 1, "sqlite": 2}[connection.vendor]  # SQLite is asked first whether that are few

    with django_assert_num_queries(4 * each):
        find(owner, "anna")


def test_page_shows_what_was_found_without_script(at, owner, anna):
    page = at(owner).read("search/", q="karg")

    assert (page.heading, f'href="/o/{owner.organization.slug}/contacts/{anna.pk}/"' in page.html) == ("Search", True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("a", "Write two letters or more."),
        ("a" * 201, "Write less: no name is that long."),
        ("zzz", "Nothing has “zzz” in it."),
        ("a\0", "Write two letters or more."),
    ],
)
def test_page_says_why_it_shows_nothing(at, owner, words, sentence):
    assert sentence in at(owner).read("search/", q=words).html


def test_words_become_the_name_of_a_new_record(at, owner):
    html = at(owner).read("search/", q="Kess & Co").html

    assert f'href="/o/{owner.organization.slug}/contacts/new/?name=Kess+%26+Co"' in html


def test_arrow_leaves_only_commands(at, owner, anna):
    html = at(owner).read("search/", q="> go to d").html

    assert ("Go to deals" in html, "Anna Karg" in html, "Go to contacts</span>" in html) == (True, False, False)


def test_program_finds_the_same(call, member, anna):
    answer = call(member).get("/api/v1/search", {"q": "karg"})

    assert answer.json() == {"results": [{"kind": "contacts", "id": anna.pk, "name": "Anna Karg"}]}


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({}, [("/q", "required")]),
        ({"q": "a"}, [("/q", "too_short")]),
        ({"q": "a" * 201}, [("/q", "max_length")]),
        ({"q": "anna", "limit": 0}, [("/limit", "min_value")]),
        ({"q": "anna", "page": 1}, [("/page", "unknown_parameter")]),
    ],
)
def test_wrong_question_of_a_program_is_named(call, member, query, errors):
    assert refusal(call(member).get("/api/v1/search", query)) == (400, errors)
