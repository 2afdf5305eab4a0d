"""The business rules of deals, by HTTP and in the database itself."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from contacts.models import Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory

URL = "/api/v1/deals"


def errors(response):
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


# Won only with an amount


@pytest.mark.parametrize(
    "body", [{"status": "won"}, {"status": "won", "amount": 0}, {"status": "won", "amount": "0.00"}]
)
def test_a_deal_is_not_won_for_nothing(call, member, body):
    deal = DealFactory(by=member)

    response = call(member).patch(f"{URL}/{deal.pk}", body)

    assert (response.status_code, errors(response)) == (400, [("/amount", "amount_required")])
    assert Deal.objects.get().status == "new"


def test_a_deal_is_not_created_won_for_nothing(call, member):
    body = {"contact_id": ContactFactory(by=member).pk, "title": "Roof", "status": "won"}

    response = call(member).post(URL, body)

    assert (response.status_code, errors(response)) == (400, [("/amount", "amount_required")])
    assert not Deal.objects.exists()


def test_the_amount_of_a_won_deal_is_not_zeroed(call, owner):
    deal = DealFactory(by=owner, amount=5, status="won")

    response = call(owner).patch(f"{URL}/{deal.pk}", {"amount": 0})

    assert (response.status_code, errors(response)) == (400, [("/amount", "amount_required")])
    assert Deal.objects.get().amount == 5


def test_a_deal_is_won_with_its_amount_at_once(call, member):
    deal = DealFactory(by=member)

    shown = call(member).patch(f"{URL}/{deal.pk}", {"status": "won", "amount": "0.01"}).json()

    assert (shown["status"], shown["amount"]) == ("won", "0.01")


def test_a_deal_no_longer_won_may_cost_nothing(call, member):
    deal = DealFactory(by=member, amount=5, status="won")

    shown = call(member).patch(f"{URL}/{deal.pk}", {"status": "in_progress", "amount": 0}).json()

    assert (shown["status"], shown["amount"], shown["closed_at"]) == ("in_progress", "0.00", None)


@pytest.mark.parametrize("fields", [{"amount": 0}, {"amount": -1}])
def test_the_database_refuses_a_won_deal_for_nothing(owner, fields):
    deal = DealFactory(by=owner, amount=5, status="won")

    with pytest.raises(IntegrityError), transaction.atomic():
        Deal.objects.filter(pk=deal.pk).update(**fields)


# Closing


@time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("status", ["won", "lost"])
def test_a_closed_deal_has_a_closing_instant(call, member, status):
    deal = DealFactory(by=member, amount=5)

    shown = call(member).patch(f"{URL}/{deal.pk}", {"status": status}).json()

    assert shown["closed_at"] == "2026-03-01T12:00:00Z"


def test_a_closed_deal_keeps_its_closing_instant(call, member):
    deal = DealFactory(by=member, amount=5, status="won")

    shown = call(member).patch(f"{URL}/{deal.pk}", {"amount": 6}).json()

    assert shown["closed_at"] == deal.closed_at.isoformat().replace("+00:00", "Z")


# A contact or company with deals stays


@pytest.mark.parametrize("status", ["new", "in_progress", "won", "lost"])
def test_a_contact_with_a_deal_in_any_status_stays(call, owner, status):
    deal = DealFactory(by=owner, status=status, amount=1)

    response = call(owner).delete(f"/api/v1/contacts/{deal.contact_id}")

    assert (response.status_code, response.json()["code"]) == (409, "contact_has_deals")
    assert response.json()["detail"] == "This contact has 1 deal. Delete or move it first."
    assert call(owner).get(f"/api/v1/contacts/{deal.contact_id}").status_code == 200


def test_the_refusal_says_how_many_deals(call, owner):
    contact = ContactFactory(by=owner)
    for _ in range(3):
        DealFactory(by=owner, contact=contact)

    detail = call(owner).delete(f"/api/v1/contacts/{contact.pk}").json()["detail"]

    assert detail == "This contact has 3 deals. Delete or move them first."


def test_a_contact_without_deals_goes(call, owner):
    deal = DealFactory(by=owner)
    call(owner).delete(f"{URL}/{deal.pk}")

    assert call(owner).delete(f"/api/v1/contacts/{deal.contact_id}").status_code == 204


def test_a_company_with_deals_stays_with_its_contacts(call, owner):
    company = CompanyFactory(by=owner)
    contact = ContactFactory(by=owner, company=company)
    DealFactory(by=owner, contact=contact, company=company)

    response = call(owner).delete(f"/api/v1/companies/{company.pk}")

    assert (response.status_code, response.json()["code"]) == (409, "company_has_deals")
    shown = call(owner).get(f"/api/v1/contacts/{contact.pk}").json()
    assert (shown["company_id"], shown["version"]) == (company.pk, 1)


# All of one organization


@pytest.mark.parametrize("name", ["contact_id", "company_id", "owner_id", "pipeline_id"])
def test_what_belongs_to_others_is_worded_as_what_never_was(call, owner, stranger, name):
    deal, theirs = DealFactory(by=owner), DealFactory(by=stranger, company=CompanyFactory(by=stranger))
    foreign = theirs.stage.pipeline_id if name == "pipeline_id" else getattr(theirs, name)

    seen = call(owner).patch(f"{URL}/{deal.pk}", {name: foreign})
    unknown = call(owner).patch(f"{URL}/{deal.pk}", {name: 987_654_321})

    assert (seen.status_code, errors(seen)) == (400, [(f"/{name}", "does_not_exist")])
    assert str(seen.json()["errors"]).replace(str(foreign), "#") == str(unknown.json()["errors"]).replace(
        "987654321", "#"
    )


@pytest.mark.parametrize("name", ["contact_id", "company_id", "owner_id", "stage_id"])
def test_the_database_refuses_neighbors_of_others(owner, stranger, name):
    deal, theirs = DealFactory(by=owner), DealFactory(by=stranger, company=CompanyFactory(by=stranger))

    with pytest.raises(IntegrityError), transaction.atomic():
        Deal.objects.filter(pk=deal.pk).update(**{name: getattr(theirs, name)})


def test_a_contact_deleted_in_the_meantime_is_refused_at_its_field(owner):
    contact = ContactFactory(by=owner)
    Contact.objects.get(pk=contact.pk).delete_by(owner)

    with pytest.raises(ValidationError) as refusal:
        Deal(organization=owner.organization, contact=contact, title="Roof").save_by(owner)

    assert list(refusal.value.message_dict) == ["contact"]


# A refused request changes nothing


@pytest.mark.parametrize("body", [{"title": "New", "status": "won"}, {"title": "New", "stage": "nowhere"}])
def test_a_refused_request_leaves_nothing(call, owner, body):
    deal = DealFactory(by=owner)
    before = call(owner).get(f"{URL}/{deal.pk}").json()

    assert call(owner).patch(f"{URL}/{deal.pk}", body).status_code == 400

    assert call(owner).get(f"{URL}/{deal.pk}").json() == before
    timeline = call(owner).get(f"{URL}/{deal.pk}/activities").json()["results"]
    assert [entry["type"] for entry in timeline] == ["deal_created"]
