"""A neighbor is chosen by its name, however many there are."""

import pytest

from contacts.models import Contact
from contacts.tests.factories import CompanyFactory, ContactFactory


@pytest.fixture
def alster(owner):
    return CompanyFactory(by=owner, name="Alster Bau", domain="alster.example")


def company_of_new(at, by, text):
    page = at(by).send("contacts/new/", name="Anna", company=text)
    contact = Contact.objects.filter(name="Anna").first()
    return page.errors[1].get("company") or (contact.company and contact.company.name)


@pytest.mark.parametrize("text", ["Alster Bau", " alster bau ", "ALSTER.example", "alst", "Alster Bau #{pk}", "{pk}"])
def test_company_is_named_in_any_way(at, owner, alster, text):
    assert company_of_new(at, owner, text.format(pk=alster.pk)) == "Alster Bau"


def test_nothing_is_no_company(at, owner, alster):
    assert company_of_new(at, owner, "  ") is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Elbe", "There is none called “Elbe”."),
        ("Alster Bau #999", "There is none called “Alster Bau #999”."),
        ("Elbe #{pk}", "There is none called “Elbe #{pk}”."),
        ("Al", "Several are called so. Choose one of the suggestions."),
        ("A" * 251, "No name is that long."),
        ("%", "There is none called “%”."),
    ],
)
def test_name_of_none_or_several_is_refused_and_kept(at, owner, alster, text, sentence):
    CompanyFactory(by=owner, name="Altona")

    assert company_of_new(at, owner, text.format(pk=alster.pk)) == sentence.format(pk=alster.pk)


def test_name_itself_comes_before_longer_ones(at, owner, alster):
    CompanyFactory(by=owner, name="Alster Bau Nord")

    assert company_of_new(at, owner, "alster bau") == "Alster Bau"


def test_company_of_another_organization_has_no_name_here(at, stranger, alster):
    assert company_of_new(at, stranger, "Alster Bau") == "There is none called “Alster Bau”."


def test_words_suggest_what_has_them(at, owner, alster):
    CompanyFactory(by=owner, name="Elbe")

    page = at(owner).read("companies/suggest/", company="alst")

    assert page.all("(<option.*?>.*?)</option>") == ["alster.example"]
    assert f'value="Alster Bau #{alster.pk}"' in page.html


def test_ten_are_suggested_at_most(at, owner):
    for number in range(12):
        ContactFactory(by=owner, name=f"Anna {number}")

    assert at(owner).read("contacts/suggest/", contact="anna").html.count("<option") == 10


def test_nobody_elses_are_suggested(at, stranger, alster):
    assert at(stranger).read("companies/suggest/", company="alst").html.count("<option") == 0
