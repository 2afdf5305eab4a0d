"""The doors of contacts: what is taken, what is shown, what is refused."""

import pytest

from contacts.models import Contact
from contacts.tests.factories import CompanyFactory, ContactFactory

URL = "/api/v1/contacts"


def test_a_name_is_enough(call, member):
    response = call(member).post(URL, {"name": "Anna Karg"})

    contact = Contact.objects.get()
    stamp = contact.created_at.isoformat().replace("+00:00", "Z")
    assert response.status_code == 201
    assert response.json() == {
        "id": contact.pk,
        "external_id": None,
        "name": "Anna Karg",
        "email": "",
        "phone": "",
        "job_title": "",
        "company_id": None,
        "company_name": None,
        "owner_id": member.user_id,
        "owner_name": "Max Member",
        "created_at": stamp,
        "updated_at": contact.updated_at.isoformat().replace("+00:00", "Z"),
        "version": 1,
    }


def test_every_field_is_taken(call, manager, member):
    company = CompanyFactory(by=manager, name="Karg GmbH")
    body = {
        "external_id": "crm-7",
        "name": "Anna Karg",
        "email": "anna@karg.example",
        "phone": "+49 30 1234",
        "job_title": "Head of purchasing",
        "company_id": company.pk,
        "owner_id": member.user_id,
    }

    shown = call(manager).post(URL, body).json()

    assert {name: shown[name] for name in body} == body
    assert (shown["company_name"], shown["owner_name"]) == ("Karg GmbH", "Max Member")


def test_location_answers_with_the_created_contact(call, member):
    created = call(member).post(URL, {"name": "Anna"})

    found = call(member).get(created["Location"])

    assert created["Location"] == f"http://testserver{URL}/{created.json()['id']}"
    assert found.json() == created.json()
    assert found["ETag"] == created["ETag"]


def test_the_answer_to_a_change_is_what_is_read_afterwards(call, member):
    contact = ContactFactory(by=member)
    body = {"name": " Anna ", "external_id": "", "email": " anna@karg.example"}

    changed = call(member).patch(f"{URL}/{contact.pk}", body)

    found = call(member).get(f"{URL}/{contact.pk}")
    assert found.json() == changed.json()
    assert found["ETag"] == changed["ETag"]
    assert (changed.json()["name"], changed.json()["external_id"]) == ("Anna", None)


def test_a_change_leaves_the_other_fields(call, member):
    contact = ContactFactory(by=member, name="Anna", phone="123")

    shown = call(member).patch(f"{URL}/{contact.pk}", {"job_title": "Buyer"}).json()

    assert (shown["name"], shown["phone"], shown["job_title"], shown["version"]) == ("Anna", "123", "Buyer", 2)


@pytest.mark.parametrize("body", [{}, {"name": "Anna"}, {"name": "  Anna "}, {"external_id": ""}, {"company_id": None}])
def test_a_change_of_nothing_is_no_new_version(call, member, body):
    contact = ContactFactory(by=member, name="Anna")

    response = call(member).patch(f"{URL}/{contact.pk}", body)

    assert response.status_code == 200
    assert response.json()["version"] == 1


def test_a_deleted_contact_is_gone(call, member):
    contact = ContactFactory(by=member)

    response = call(member).delete(f"{URL}/{contact.pk}")

    assert (response.status_code, response.content) == (204, b"")
    assert call(member).get(f"{URL}/{contact.pk}").status_code == 404


def test_there_is_no_put(call, member):
    contact = ContactFactory(by=member)

    response = call(member).put(f"{URL}/{contact.pk}", {"name": "Anna"})

    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS, PATCH, DELETE"


@pytest.mark.parametrize(
    ("method", "path"), [("get", URL), ("post", URL), ("get", f"{URL}/%s"), ("patch", f"{URL}/%s")]
)
def test_a_trailing_slash_changes_nothing(call, member, method, path):
    path = path.replace("%s", str(ContactFactory(by=member).pk))
    body = {"name": "Anna"} if method in ("post", "patch") else None

    with_slash = getattr(call(member), method)(path + "/", body)

    assert with_slash.status_code == (201 if method == "post" else 200)


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "  \t"}, {"name": None}])
def test_a_contact_needs_a_name(call, member, body):
    response = call(member).post(URL, body)

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/name"]
    assert not Contact.objects.exists()


def test_all_errors_come_at_once(call, member):
    body = {"name": "", "email": "nonsense", "phone": "1" * 51, "company_id": 0, "color": "red"}

    errors = call(member).post(URL, body).json()["errors"]

    assert sorted((error["pointer"], error["code"]) for error in errors) == [
        ("/color", "unknown_field"),
        ("/company_id", "does_not_exist"),
        ("/email", "invalid"),
        ("/name", "blank"),
        ("/phone", "max_length"),
    ]


def test_an_unknown_member_is_refused(call, member):
    response = call(member).post(URL, {"name": "Anna", "color": "red"})

    assert (response.status_code, response.json()["code"]) == (400, "unknown_field")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/color"]


@pytest.mark.parametrize("name", ["id", "version", "owner_name", "company_name", "created_at", "updated_at"])
def test_what_is_only_shown_is_not_taken(call, member, name):
    contact = ContactFactory(by=member)

    response = call(member).patch(f"{URL}/{contact.pk}", {name: 7})

    assert response.status_code == 400
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [
        (f"/{name}", "read_only_field")
    ]


@pytest.mark.parametrize("path", [URL, f"{URL}/%s"])
def test_an_unknown_parameter_is_refused(call, member, path):
    path = path.replace("%s", str(ContactFactory(by=member).pk))

    response = call(member).get(path, {"colour": "red"})

    assert (response.status_code, response.json()["code"]) == (400, "unknown_parameter")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/colour"]


@pytest.mark.parametrize("body", [[], "text", 7, [{"name": "Anna"}]])
def test_a_body_is_an_object(call, member, body):
    response = call(member).post(URL, body)

    assert response.status_code == 400
    assert not Contact.objects.exists()


def test_external_id_is_taken_once(call, member):
    ContactFactory(by=member, external_id="a-1")

    response = call(member).post(URL, {"name": "Anna", "external_id": " a-1 "})

    assert (response.status_code, response.json()["code"]) == (409, "external_id_taken")
    assert Contact.objects.count() == 1


def test_external_id_is_free_in_another_kind_and_organization(call, member, stranger):
    CompanyFactory(by=member, external_id="a-1")
    ContactFactory(by=stranger, external_id="a-1")

    response = call(member).post(URL, {"name": "Anna", "external_id": "a-1"})

    assert response.status_code == 201


def test_many_contacts_may_have_no_external_id(call, member):
    statuses = [call(member).post(URL, {"name": "Anna", "external_id": empty}).status_code for empty in ("", None, "")]

    assert statuses == [201, 201, 201]
