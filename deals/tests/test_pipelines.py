"""Pipelines, one of which is always the default."""

import pytest

from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory

URL = "/api/v1/pipelines"


@pytest.fixture
def client(call, admin):
    return call(admin)


@pytest.fixture
def sales(admin):
    return Pipeline.objects.for_membership(admin).get()


def defaults(membership):
    return [row.name for row in Pipeline.objects.for_membership(membership) if row.is_default]


def with_a_stage(client, name="Partners"):
    """Another pipeline as the API shows it, with a stage that deals can begin in."""
    pipeline = client.post(URL, {"name": name}).json()
    client.post("/api/v1/stages", {"pipeline_id": pipeline["id"], "slug": "offer", "name": "Offer"})
    return pipeline


def errors(response):
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


def test_an_organization_begins_with_one(client, sales):
    (shown,) = client.get(URL).json()["results"]

    assert (shown["id"], shown["name"], shown["is_default"], shown["version"]) == (sales.pk, "Sales", True, 1)


def test_another_one_is_made(client, sales):
    response = client.post(URL, {"name": " Partners "})

    assert response.status_code == 201
    assert client.get(response["Location"]).json() == response.json()
    assert (response.json()["name"], response.json()["is_default"]) == ("Partners", False)


def test_a_new_default_takes_the_place_of_the_old_one(client, sales, admin):
    partners = with_a_stage(client)

    shown = client.patch(f"{URL}/{partners['id']}", {"is_default": True}).json()

    assert defaults(admin) == ["Partners"]
    assert client.get(f"{URL}/{sales.pk}").json()["version"] == 2
    assert client.get(f"{URL}/{partners['id']}").json() == shown


def test_an_empty_pipeline_is_no_default(client, sales, admin):
    empty = client.post(URL, {"name": "Empty"}).json()

    created = client.post(URL, {"name": "Partners", "is_default": True})
    changed = client.patch(f"{URL}/{empty['id']}", {"is_default": True})

    for response in (created, changed):
        assert (response.status_code, errors(response)) == (400, [("/is_default", "pipeline_empty")])
    assert [row.name for row in Pipeline.objects.for_membership(admin)] == ["Sales", "Empty"]
    assert defaults(admin) == ["Sales"]


def test_the_default_of_others_stays(client, sales, stranger):
    client.patch(f"{URL}/{with_a_stage(client)['id']}", {"is_default": True})

    assert defaults(stranger) == ["Sales"]


def test_there_is_always_a_default(client, sales, admin):
    response = client.patch(f"{URL}/{sales.pk}", {"is_default": False})

    assert (response.status_code, errors(response)) == (400, [("/is_default", "default_needed")])
    assert defaults(admin) == ["Sales"]


def test_the_default_stays(client, sales):
    response = client.delete(f"{URL}/{sales.pk}")

    assert (response.status_code, response.json()["code"]) == (409, "default_pipeline")


def test_another_pipeline_goes_with_its_stages(client, sales):
    other = with_a_stage(client)

    assert client.delete(f"{URL}/{other['id']}").status_code == 204
    assert not Stage.objects.filter(slug="offer").exists()


def test_a_pipeline_goes_though_deals_once_passed_through_it(client, sales, member):
    other = with_a_stage(client)
    deal = DealFactory(by=member, stage=Stage.objects.get(slug="offer"))
    client.patch(f"/api/v1/deals/{deal.pk}", {"pipeline_id": sales.pk})

    assert client.delete(f"{URL}/{other['id']}").status_code == 204
    assert list(deal.stage_changes.values_list("from_stage", "to_stage__slug")) == [
        (None, None),
        (None, "qualification"),
    ]


def test_a_pipeline_with_deals_stays(client, sales, member):
    other = with_a_stage(client)
    DealFactory(by=member, stage=Stage.objects.get(slug="offer"))

    response = client.delete(f"{URL}/{other['id']}")

    assert (response.status_code, response.json()["code"]) == (409, "pipeline_has_deals")
    assert Stage.objects.filter(slug="offer").exists()


def test_a_name_is_taken_once(client, sales):
    response = client.post(URL, {"name": "Sales"})

    assert (response.status_code, response.json()["code"]) == (409, "pipeline_name_taken")


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, [("/name", "required")]),
        ({"name": ""}, [("/name", "blank")]),
        ({"name": "x" * 101}, [("/name", "max_length")]),
        ({"name": "A", "is_default": "perhaps"}, [("/is_default", "invalid")]),
        ({"name": "A", "is_default": None}, [("/is_default", "null")]),
        ({"name": "A", "stages": []}, [("/stages", "unknown_field")]),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(client, body, wrong):
    response = client.post(URL, body)

    assert (response.status_code, errors(response)) == (400, wrong)


def test_new_deals_begin_in_the_default_pipeline(client, sales, call, member):
    other = with_a_stage(client)
    client.patch(f"{URL}/{other['id']}", {"is_default": True})
    contact = call(member).post("/api/v1/contacts", {"name": "Anna"}).json()

    shown = call(member).post("/api/v1/deals", {"contact_id": contact["id"], "title": "Roof"}).json()

    assert (shown["pipeline_id"], shown["stage"]) == (other["id"], "offer")
