"""What text may be, shown with the fields of a contact."""

import pytest
from django.core.exceptions import ValidationError

from contacts.models import Contact
from contacts.tests.factories import CompanyFactory

URL = "/api/v1/contacts"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Anna \t\n", "Anna"),
        ("\u00a0Anna\u3000", "Anna"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("Line\nfeed\tand tab", "Line\nfeed\tand tab"),
        ("Windows\r\nline", "Windows\nline"),
        ("Анна 🙂", "Анна 🙂"),
        ("100%_\\'\"<b>", "100%_\\'\"<b>"),
        ("x" * 200 + "  ", "x" * 200),
    ],
)
def test_text_is_trimmed_and_composed(call, member, given, kept):
    response = call(member).post(URL, {"name": given})

    assert response.status_code == 201
    assert (response.json()["name"], Contact.objects.get().name) == (kept, kept)


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x0c", "\r", "\x1b", "\x7f", "\x85", "\x9f"])
def test_control_characters_are_refused(call, member, character):
    response = call(member).post(URL, {"name": f"An{character}na"})

    assert response.status_code == 400
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [
        ("/name", "control_characters")
    ]


@pytest.mark.parametrize("name", ["email", "phone", "job_title", "external_id"])
@pytest.mark.parametrize("character", ["\x00", "\x1b"])
def test_control_characters_are_refused_in_every_field(call, member, name, character):
    response = call(member).post(URL, {"name": "Anna", name: f"a{character}b@example.com"})

    assert response.status_code == 400
    assert {error["pointer"] for error in response.json()["errors"]} == {f"/{name}"}


@pytest.mark.parametrize("text", ["\\ud800", "a\\udfffb"])
def test_half_a_surrogate_pair_is_refused(call, member, text):
    response = call(member).generic("POST", URL, f'{{"name": "{text}"}}', content_type="application/json")

    assert response.status_code == 400
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("name", "longest"), [("name", 200), ("phone", 50), ("job_title", 200), ("external_id", 200), ("email", 254)]
)
def test_text_has_a_longest_length(call, member, name, longest):
    text = "x" * (longest + 1) if name != "email" else "x@" + "y" * 60 + ".example" * 24 + "s"
    assert len(text) >= longest

    response = call(member).post(URL, {"name": "Anna", name: text})

    assert response.status_code == 400
    assert "max_length" in [error["code"] for error in response.json()["errors"]]


def test_a_company_address_has_a_longest_length(call, member):
    response = call(member).post("/api/v1/companies", {"name": "Karg", "address": "x" * 1001})

    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [("/address", "max_length")]


@pytest.mark.parametrize("email", ["anna", "anna@", "@karg.example", "a b@karg.example", "anna@karg"])
def test_an_email_address_is_one(call, member, email):
    response = call(member).post(URL, {"name": "Anna", "email": email})

    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [("/email", "invalid")]


@pytest.mark.parametrize("value", [True, [], {}, ["Anna"]])
def test_text_is_a_string(call, member, value):
    response = call(member).post(URL, {"name": value})

    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [("/name", "invalid")]


def test_text_has_a_longest_length_without_the_api_too(owner):
    with pytest.raises(ValidationError) as refusal:
        CompanyFactory(by=owner, address="x" * 1001)

    assert list(refusal.value.message_dict) == ["address"]


def test_text_is_tidied_without_the_api_too(owner):
    company = CompanyFactory(by=owner, name=" Cafe\u0301 ", address="Street\r\n1 ")

    assert (company.name, company.address) == ("Caf\u00e9", "Street\n1")
