"""Who may do what with deals, pipelines and stages."""

import pytest

from contacts.tests.factories import ContactFactory
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory

URL = "/api/v1/deals"
ROLES = ["owner", "admin", "manager", "member"]
STRONG = ["owner", "admin", "manager"]


def code(response):
    return response.status_code, response.json()["code"]


@pytest.mark.parametrize("role", ROLES)
def test_everybody_reads_everything(call, request, owner, role):
    deal = DealFactory(by=owner)
    client = call(request.getfixturevalue(role))

    counts = [client.get(f"/api/v1/{kind}").json()["count"] for kind in ("deals", "pipelines", "stages")]

    assert counts == [1, 1, 4]
    assert client.get(f"{URL}/{deal.pk}").json()["id"] == deal.pk


@pytest.mark.parametrize("role", ROLES)
def test_everybody_creates_as_their_own_for_any_contact(call, request, owner, role):
    by = request.getfixturevalue(role)

    shown = call(by).post(URL, {"contact_id": ContactFactory(by=owner).pk, "title": "Roof"}).json()

    assert shown["owner_id"] == by.user_id


@pytest.mark.parametrize("role", ROLES)
def test_everybody_changes_and_deletes_their_own(call, request, role):
    by = request.getfixturevalue(role)
    url = f"{URL}/{DealFactory(by=by).pk}"

    assert call(by).patch(url, {"stage": "closed"}).json()["stage"] == "closed"
    assert call(by).delete(url).status_code == 204


@pytest.mark.parametrize("role", STRONG)
def test_a_manager_changes_and_deletes_those_of_others(call, request, member, role):
    by = request.getfixturevalue(role)
    url = f"{URL}/{DealFactory(by=member).pk}"

    assert call(by).patch(url, {"title": "Roof"}).json()["title"] == "Roof"
    assert call(by).delete(url).status_code == 204


def test_a_member_neither_changes_nor_deletes_those_of_others(call, owner, member):
    url = f"{URL}/{DealFactory(by=owner).pk}"

    assert code(call(member).patch(url, {"title": "Roof"})) == (403, "not_the_owner")
    assert code(call(member).delete(url)) == (403, "not_the_owner")
    assert Deal.objects.get().version == 1


@pytest.mark.parametrize("role", STRONG)
def test_a_manager_names_another_owner(call, request, member, role):
    by = request.getfixturevalue(role)
    deal = DealFactory(by=by)
    body = {"contact_id": deal.contact_id, "title": "Roof", "owner_id": member.user_id}

    assert call(by).post(URL, body).json()["owner_id"] == member.user_id
    assert call(by).patch(f"{URL}/{deal.pk}", {"owner_id": member.user_id}).json()["owner_name"] == "Max Member"


def test_a_member_names_no_other_owner(call, owner, member):
    deal = DealFactory(by=member)
    body = {"contact_id": deal.contact_id, "title": "Roof", "owner_id": owner.user_id}

    assert code(call(member).post(URL, body)) == (403, "may_not_assign")
    assert code(call(member).patch(f"{URL}/{deal.pk}", {"owner_id": owner.user_id})) == (403, "may_not_assign")
    assert Deal.objects.get().owner_id == member.user_id


def test_a_member_does_not_take_the_deal_of_another(call, owner, member):
    deal = DealFactory(by=owner)

    response = call(member).patch(f"{URL}/{deal.pk}", {"owner_id": member.user_id})

    assert code(response) == (403, "not_the_owner")


@pytest.mark.parametrize("role", STRONG)
def test_a_manager_filters_by_any_owner(call, request, member, role):
    DealFactory(by=member)

    assert call(request.getfixturevalue(role)).get(URL, {"owner_id": member.user_id}).json()["count"] == 1


def test_a_member_filters_by_their_own_id_alone(call, owner, member):
    DealFactory(by=member)
    DealFactory(by=owner)

    assert call(member).get(URL, {"owner_id": member.user_id}).json()["count"] == 1
    assert code(call(member).get(URL, {"owner_id": owner.user_id})) == (403, "may_not_filter_by_owner")


# Pipelines and stages


def requests_of_settings(client, membership):
    """Each way to write a pipeline or a stage, as its status code."""
    pipeline = Pipeline.objects.for_membership(membership).get()
    spare = Stage.objects.get(slug="negotiation")
    stage = {"pipeline_id": pipeline.pk, "slug": "after", "name": "After"}
    return [
        client.post("/api/v1/pipelines", {"name": "Partners"}).status_code,
        client.patch(f"/api/v1/pipelines/{pipeline.pk}", {"name": "Direct"}).status_code,
        client.delete(f"/api/v1/pipelines/{Pipeline.objects.last().pk}").status_code,
        client.post("/api/v1/stages", stage).status_code,
        client.patch(f"/api/v1/stages/{spare.pk}", {"name": "Talks", "position": 1}).status_code,
        client.delete(f"/api/v1/stages/{spare.pk}").status_code,
    ]


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_administrators_write_pipelines_and_stages(call, request, role):
    by = request.getfixturevalue(role)

    assert requests_of_settings(call(by), by) == [201, 200, 204, 201, 200, 204]


@pytest.mark.parametrize("role", ["manager", "member"])
def test_nobody_else_writes_pipelines_and_stages(call, request, role):
    by = request.getfixturevalue(role)
    before = [*Pipeline.objects.values(), *Stage.objects.values()]

    assert requests_of_settings(call(by), by) == [403] * 6
    assert [*Pipeline.objects.values(), *Stage.objects.values()] == before


@pytest.mark.parametrize("role", ["manager", "member"])
def test_the_refusal_names_who_may(call, request, role):
    response = call(request.getfixturevalue(role)).post("/api/v1/pipelines", {"name": "Partners"})

    assert code(response) == (403, "administrators_only")
