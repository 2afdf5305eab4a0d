"""Each field of each thing that can be created, filled with what does not belong there."""

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.pipelines import Pipeline
from deals.tests.factories import DealFactory

CREATES = {
    "/contacts": ["external_id", "name", "email", "phone", "job_title", "company_id", "owner_id"],
    "/companies": ["external_id", "name", "domain", "phone", "address", "owner_id"],
    "/deals": [
        *["external_id", "contact_id", "company_id", "owner_id", "title", "amount", "currency", "status"],
        *["pipeline_id", "stage", "expected_close_date", "lost_reason"],
    ],
    "/tasks": ["deal_id", "assignee_id", "title", "description", "due_date", "is_done"],
    "/pipelines": ["name", "is_default"],
    "/stages": ["pipeline_id", "slug", "name", "position", "probability", "expected_days"],
    "/exchange-rates": ["currency", "rate", "valid_from"],
    "/invitations": ["email", "role"],
    "/organizations": ["name", "slug", "base_currency", "time_zone"],
    "/auth/register": ["email", "password", "name", "organization_name"],
    "/auth/login": ["email", "password"],
    "/auth/refresh": ["refresh_token"],
    "/auth/logout": ["refresh_token"],
    "/users/me/password": ["current_password", "new_password"],
    "/invitations/accept": ["token", "name", "password"],
    "/deals/1/activities": ["type", "payload"],
}
FIELDS = [(path, field) for path, fields in CREATES.items() for field in fields]
ODD = [True, 1.5, -1, 2**63, 10**40, "", "\x00", "x" * 30_000, "٣", "1e9"]


@pytest.fixture
def client(call, owner):
    client = call(owner)
    client.raise_request_exception = False
    return client


@pytest.fixture
def sound(owner):
    """A body for each path that would do."""
    contact, company = ContactFactory(by=owner), CompanyFactory(by=owner)
    deal, pipeline = DealFactory(by=owner), Pipeline.objects.get(organization=owner.organization)
    return {
        "/contacts": {"name": "A", "company_id": company.pk},
        "/companies": {"name": "A"},
        "/deals": {"title": "A", "contact_id": contact.pk, "amount": "1.00"},
        "/tasks": {"title": "A", "deal_id": deal.pk},
        "/pipelines": {"name": "A"},
        "/stages": {"name": "A", "slug": "a", "pipeline_id": pipeline.pk},
        "/exchange-rates": {"currency": "USD", "rate": "0.9"},
        "/invitations": {"email": "a@example.com", "role": "member"},
        "/organizations": {"name": "A"},
        "/deals/1/activities": {"type": "comment", "payload": {"text": "A"}},
    }


def address(path, owner):
    return "/api/v1" + path.replace("/1/", f"/{DealFactory(by=owner).pk}/")


@pytest.mark.parametrize(("path", "field"), FIELDS)
@pytest.mark.parametrize("wrong", [["a"], {"a": 1}], ids=["list", "object"])
def test_list_or_object_is_refused_at_the_field(client, owner, sound, path, field, wrong):
    body = {**sound.get(path, {}), field: wrong}

    response = client.post(address(path, owner), body)

    assert response.status_code == 400
    assert f"/{field}" in {error["pointer"].rsplit("/payload/", 1)[0] for error in response.json()["errors"]}


@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_odd_value_is_taken_or_refused_but_never_our_mistake(client, owner, sound, path, field):
    where, answers = address(path, owner), {}
    for odd in [None, *ODD]:
        response = client.post(where, {**sound.get(path, {}), field: odd})
        answers[repr(odd)[:20]] = response.status_code
        if response.status_code >= 400:
            assert response["Content-Type"] == "application/problem+json"

    assert set(answers.values()) <= {200, 201, 204, 400, 401, 409}, answers
