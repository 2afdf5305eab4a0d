"""Ids that cannot be, never were, or belong to others: all are answered alike."""

import pytest

from contacts.models import Contact
from contacts.tests.factories import CompanyFactory, ContactFactory

URL = "/api/v1/contacts"
NEVER = 987_654_321


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
@pytest.mark.parametrize("text", ["0", "-1", "007", str(2**63), "9" * 30, "abc", "1.5", "%00", "1%20", "٣", "null"])
def test_what_cannot_be_an_id_is_not_there(call, owner, method, text):
    response = getattr(call(owner), method)(f"{URL}/{text}")

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_a_contact_of_others_is_not_there(call, owner, stranger, method):
    theirs = ContactFactory(by=stranger)

    foreign = getattr(call(owner), method)(f"{URL}/{theirs.pk}").json()
    unknown = getattr(call(owner), method)(f"{URL}/{NEVER}").json()

    assert foreign.pop("request_id") != unknown.pop("request_id")
    assert foreign == unknown
    assert foreign["status"] == 404
    assert Contact.objects.get(pk=theirs.pk).version == 1


@pytest.mark.parametrize("value", [0, -1, 2**63, 10**30, "abc", "1", 1.5, True, [], {}, NEVER])
@pytest.mark.parametrize("name", ["company_id", "owner_id"])
def test_what_cannot_be_an_id_is_refused_in_a_body(call, owner, name, value):
    response = call(owner).post(URL, {"name": "Anna", name: value})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == [f"/{name}"]


@pytest.mark.parametrize("name", ["company_id", "owner_id"])
def test_an_id_of_others_in_a_body_is_worded_as_one_that_never_was(call, owner, stranger, name):
    theirs = CompanyFactory(by=stranger).pk if name == "company_id" else stranger.user_id

    foreign = call(owner).post(URL, {"name": "Anna", name: theirs})
    unknown = call(owner).post(URL, {"name": "Anna", name: NEVER})

    assert (foreign.status_code, unknown.status_code) == (400, 400)
    assert str(foreign.json()["errors"]).replace(str(theirs), "#") == str(unknown.json()["errors"]).replace(
        str(NEVER), "#"
    )


@pytest.mark.parametrize("text", ["0", "-1", "007", str(2**63), "9" * 30, "abc", "1.5", "\x00", "1_0", "null", "٣"])
@pytest.mark.parametrize("name", ["company_id", "owner_id"])
def test_what_cannot_be_an_id_is_refused_in_a_filter(call, owner, name, text):
    response = call(owner).get(URL, {name: text})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == [f"/{name}"]


@pytest.mark.parametrize("spelling", ["0{}", "+{}", " {}", "{} ", "{}.0"])
def test_an_id_has_one_spelling(call, owner, spelling):
    response = call(owner).get(URL, {"owner_id": spelling.format(owner.user_id)})

    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [
        ("/owner_id", "invalid_choice")
    ]


@pytest.mark.parametrize("name", ["company_id", "owner_id"])
def test_an_id_of_others_in_a_filter_is_worded_as_one_that_never_was(call, owner, stranger, name):
    theirs = CompanyFactory(by=stranger).pk if name == "company_id" else stranger.user_id

    foreign = call(owner).get(URL, {name: theirs})
    unknown = call(owner).get(URL, {name: NEVER})

    assert (foreign.status_code, unknown.status_code) == (400, 400)
    assert foreign.json()["errors"] == unknown.json()["errors"]


def test_an_owner_is_required_once_named(call, owner):
    response = call(owner).post(URL, {"name": "Anna", "owner_id": None})

    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [("/owner_id", "null")]


def test_a_member_who_left_is_no_owner(call, owner, member):
    member.delete()

    response = call(owner).post(URL, {"name": "Anna", "owner_id": member.user_id})

    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [
        ("/owner_id", "does_not_exist")
    ]
