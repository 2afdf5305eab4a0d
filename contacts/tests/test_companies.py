"""The doors of companies, and what becomes of their contacts."""

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory

URL = "/api/v1/companies"


def test_a_name_is_enough(call, member):
    response = call(member).post(URL, {"name": "Karg GmbH"})

    company = Company.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": company.pk,
        "external_id": None,
        "name": "Karg GmbH",
        "domain": "",
        "phone": "",
        "address": "",
        "owner_id": member.user_id,
        "owner_name": "Max Member",
        "created_at": company.created_at.isoformat().replace("+00:00", "Z"),
        "updated_at": company.updated_at.isoformat().replace("+00:00", "Z"),
        "version": 1,
    }


def test_every_field_is_taken(call, manager, member):
    body = {
        "external_id": "k-1",
        "name": "Karg GmbH",
        "domain": "karg.example",
        "phone": "+49 30 1234",
        "address": "Lange Straße 1\n10115 Berlin",
        "owner_id": member.user_id,
    }

    shown = call(manager).post(URL, body).json()

    assert {name: shown[name] for name in body} == body


def test_a_company_is_changed(call, member):
    company = CompanyFactory(by=member, name="Karg")

    shown = call(member).patch(f"{URL}/{company.pk}", {"domain": "karg.example"}).json()

    assert (shown["name"], shown["domain"], shown["version"]) == ("Karg", "karg.example", 2)


def test_external_id_is_taken_once(call, member):
    CompanyFactory(by=member, external_id="k-1")
    other = CompanyFactory(by=member)

    response = call(member).patch(f"{URL}/{other.pk}", {"external_id": "k-1"})

    assert (response.status_code, response.json()["code"]) == (409, "external_id_taken")


def test_deleting_a_company_unlinks_its_contacts_in_a_new_version(call, member):
    company = CompanyFactory(by=member)
    contact = ContactFactory(by=member, company=company)
    before = call(member).get(f"/api/v1/contacts/{contact.pk}")

    response = call(member).delete(f"{URL}/{company.pk}")

    after = call(member).get(f"/api/v1/contacts/{contact.pk}")
    assert response.status_code == 204
    assert (after.json()["company_id"], after.json()["company_name"], after.json()["version"]) == (None, None, 2)
    assert after["ETag"] != before["ETag"]


def test_deleting_a_company_leaves_the_contacts_of_others_alone(call, member):
    contact = ContactFactory(by=member, company=CompanyFactory(by=member))

    call(member).delete(f"{URL}/{CompanyFactory(by=member).pk}")

    assert Contact.objects.get(pk=contact.pk).version == 1


def test_renaming_a_company_shows_at_its_contacts(call, member):
    company = CompanyFactory(by=member, name="Karg")
    contact = ContactFactory(by=member, company=company)
    before = call(member).get(f"/api/v1/contacts/{contact.pk}")

    call(member).patch(f"{URL}/{company.pk}", {"name": "Karg & Sons"})

    after = call(member).get(f"/api/v1/contacts/{contact.pk}")
    assert after.json()["company_name"] == "Karg & Sons"
    assert after["ETag"] != before["ETag"]
