"""The doors of deals: what is taken, what is shown, what is refused."""

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory

URL = "/api/v1/deals"


def errors(response):
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


def test_contact_and_title_are_enough(call, member):
    contact = ContactFactory(by=member, name="Anna Karg")

    response = call(member).post(URL, {"contact_id": contact.pk, "title": "Solar roof"})

    deal = Deal.objects.get()
    stamp = deal.created_at.isoformat().replace("+00:00", "Z")
    assert response.status_code == 201
    assert response.json() == {
        "id": deal.pk,
        "external_id": None,
        "contact_id": contact.pk,
        "contact_name": "Anna Karg",
        "company_id": None,
        "company_name": None,
        "owner_id": member.user_id,
        "owner_name": "Max Member",
        "title": "Solar roof",
        "amount": "0.00",
        "currency": "EUR",
        "status": "new",
        "pipeline_id": Stage.objects.get(slug="qualification").pipeline_id,
        "stage": "qualification",
        "expected_close_date": None,
        "closed_at": None,
        "lost_reason": "",
        "stage_entered_at": stamp,
        "created_at": stamp,
        "updated_at": deal.updated_at.isoformat().replace("+00:00", "Z"),
        "version": 1,
    }


def test_every_field_is_taken(call, manager, member):
    body = {
        "external_id": "d-1",
        "contact_id": ContactFactory(by=manager).pk,
        "company_id": CompanyFactory(by=manager, name="Karg").pk,
        "owner_id": member.user_id,
        "title": "Solar roof",
        "amount": "10000.00",
        "currency": "USD",
        "status": "lost",
        "pipeline_id": Stage.objects.get(slug="proposal").pipeline_id,
        "stage": "proposal",
        "expected_close_date": "2031-02-28",
        "lost_reason": "Too dear",
    }

    shown = call(manager).post(URL, body).json()

    assert {name: shown[name] for name in body} == body
    assert (shown["company_name"], shown["owner_name"]) == ("Karg", "Max Member")


def test_location_answers_with_the_created_deal(call, member):
    body = {"contact_id": ContactFactory(by=member, company=CompanyFactory(by=member)).pk, "title": "Roof", "amount": 7}

    created = call(member).post(URL, body)

    found = call(member).get(created["Location"])
    assert found.json() == created.json()
    assert found["ETag"] == created["ETag"]


def test_the_answer_to_a_change_is_what_is_read_afterwards(call, owner, member):
    deal = DealFactory(by=member)
    body = {
        "contact_id": ContactFactory(by=member).pk,
        "owner_id": owner.user_id,
        "amount": "7",
        "stage": "proposal",
        "status": "won",
        "title": " Roof ",
        "external_id": " d-1 ",
        "expected_close_date": "2030-01-31",
    }

    changed = call(owner).patch(f"{URL}/{deal.pk}", body)

    found = call(owner).get(f"{URL}/{deal.pk}")
    assert found.json() == changed.json()
    assert found["ETag"] == changed["ETag"]


def test_the_currency_is_that_of_the_organization(call, member, organization):
    organization.base_currency = "CHF"
    organization.save_by(None)

    body = {"contact_id": ContactFactory(by=member).pk, "title": "Roof"}

    assert call(member).post(URL, body).json()["currency"] == "CHF"


def test_the_company_is_that_of_the_contact_unless_named(call, member):
    contact = ContactFactory(by=member, company=CompanyFactory(by=member))
    other = CompanyFactory(by=member)
    body = {"contact_id": contact.pk, "title": "Roof"}

    found = [call(member).post(URL, {**body, **more}).json()["company_id"] for more in ({}, {"company_id": other.pk})]

    assert found == [contact.company_id, other.pk]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, [("/contact_id", "required"), ("/title", "required")]),
        ({"title": " ", "contact_id": None}, [("/contact_id", "null"), ("/title", "blank")]),
        ({"title": "x" * 201, "contact_id": 0}, [("/contact_id", "does_not_exist"), ("/title", "max_length")]),
    ],
)
def test_contact_and_title_are_required(call, member, body, wrong):
    response = call(member).post(URL, body)

    assert response.status_code == 400
    assert sorted(errors(response)) == wrong
    assert not Deal.objects.exists()


@pytest.mark.parametrize("name", ["contact_id", "title", "amount", "currency", "status", "stage", "pipeline_id"])
def test_what_a_deal_has_is_not_taken_away(call, member, name):
    deal = DealFactory(by=member)

    response = call(member).patch(f"{URL}/{deal.pk}", {name: None})

    assert (response.status_code, errors(response)) == (400, [(f"/{name}", "null")])


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("status", "sold", "invalid_choice"),
        ("status", ["won"], "invalid_choice"),
        ("stage", "nowhere", "does_not_exist"),
        ("stage", "no where", "invalid"),
        ("stage", 7, "does_not_exist"),
        ("pipeline_id", 987654321, "does_not_exist"),
        ("pipeline_id", 2**63, "does_not_exist"),
        ("pipeline_id", "1", "incorrect_type"),
        ("currency", "XXX", "currency_unknown"),
        ("currency", "eur", "currency_unknown"),
        ("currency", "EURO", "currency_unknown"),
        ("currency", "", "blank"),
        ("expected_close_date", "2026-02-29", "invalid"),
        ("expected_close_date", "28.02.2026", "invalid"),
        ("expected_close_date", "2026-02-28T10:00:00Z", "invalid"),
        ("expected_close_date", "", "invalid"),
        ("expected_close_date", 20260228, "invalid"),
        ("lost_reason", "x" * 1001, "max_length"),
        ("lost_reason", "a\x00", "control_characters"),
        ("color", "red", "unknown_field"),
        ("closed_at", "2026-02-28T10:00:00Z", "read_only_field"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(call, member, name, value, code):
    deal = DealFactory(by=member)

    response = call(member).patch(f"{URL}/{deal.pk}", {name: value})

    assert (response.status_code, errors(response)) == (400, [(f"/{name}", code)])
    assert Deal.objects.get().version == 1


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2028-02-29", "9999-12-31"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_date_is_never_shifted(call, member, organization, day, zone):
    organization.time_zone = zone
    organization.save_by(None)
    deal = DealFactory(by=member)

    call(member).patch(f"{URL}/{deal.pk}", {"expected_close_date": day})

    assert call(member).get(f"{URL}/{deal.pk}").json()["expected_close_date"] == day


def test_a_deleted_deal_is_gone(call, member):
    deal = DealFactory(by=member)

    assert call(member).delete(f"{URL}/{deal.pk}").status_code == 204
    assert call(member).get(f"{URL}/{deal.pk}").status_code == 404


def test_there_is_no_put(call, member):
    assert call(member).put(f"{URL}/{DealFactory(by=member).pk}", {}).json()["code"] == "method_not_allowed"


def test_external_id_is_taken_once(call, member):
    deal = DealFactory(by=member, external_id="d-1")

    response = call(member).post(URL, {"contact_id": deal.contact_id, "title": "Roof", "external_id": "d-1"})

    assert (response.status_code, response.json()["code"]) == (409, "external_id_taken")


def test_renaming_the_contact_changes_the_tag_of_the_deal(call, member):
    deal = DealFactory(by=member)
    before = call(member).get(f"{URL}/{deal.pk}")

    call(member).patch(f"/api/v1/contacts/{deal.contact_id}", {"name": "Bea"})

    after = call(member).get(f"{URL}/{deal.pk}", headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, after.json()["contact_name"], after.json()["version"]) == (200, "Bea", 1)
    assert after["ETag"] != before["ETag"]


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_a_stale_request_is_answered_with_the_current_deal(call, member, method):
    url = f"{URL}/{DealFactory(by=member).pk}"
    tag = call(member).get(url)["ETag"]
    current = call(member).patch(url, {"amount": "5.00"}).json()

    response = getattr(call(member), method)(url, {"title": "Late"}, headers={"If-Match": tag})

    assert (response.status_code, response.json()["code"]) == (412, "stale_version")
    assert response.json()["current"] == current
