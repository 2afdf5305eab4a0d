"""Moving deals through the stages, and the history that the moves leave."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from deals.models import Deal, StageChange
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory

URL = "/api/v1/deals"


def stage(slug):
    return Stage.objects.get(slug=slug, pipeline__name="Sales")


@pytest.fixture
def partners(organization):
    """A second pipeline: offer, proposal, signed."""
    pipeline = Pipeline(organization=organization, name="Partners").save_by(None)
    for slug in ("offer", "proposal", "signed"):
        Stage(pipeline=pipeline, slug=slug, name=slug.title()).save_by(None)
    return pipeline


def moved(client, deal, **body):
    response = client.patch(f"{URL}/{deal.pk}", body)
    assert response.status_code == 200, response.content
    return response.json()["stage"]


@pytest.mark.parametrize("slug", ["proposal", "negotiation", "closed"])
def test_forward_is_free_and_skipping_too(call, member, slug):
    assert moved(call(member), DealFactory(by=member), stage=slug) == slug


@pytest.mark.parametrize("role", ["manager", "member"])
@pytest.mark.parametrize("slug", ["qualification", "proposal"])
def test_back_is_not_for_everybody(call, request, role, slug):
    by = request.getfixturevalue(role)
    deal = DealFactory(by=by, stage=stage("negotiation"))

    response = call(by).patch(f"{URL}/{deal.pk}", {"stage": slug, "title": "New"})

    assert (response.status_code, response.json()["code"]) == (403, "stage_rollback")
    stored = Deal.objects.get()
    assert (stored.stage.slug, stored.title, stored.version) == ("negotiation", deal.title, 1)


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_back_is_for_administrators(call, request, member, role):
    by = request.getfixturevalue(role)
    deal = DealFactory(by=member, stage=stage("closed"))

    assert moved(call(by), deal, stage="qualification") == "qualification"


def test_a_deal_may_begin_in_any_stage(call, member):
    body = {"contact_id": DealFactory(by=member).contact_id, "title": "Roof", "stage": "closed"}

    assert call(member).post(URL, body).json()["stage"] == "closed"


def test_a_new_deal_in_another_pipeline_begins_in_its_first_stage(call, member, partners):
    body = {"contact_id": DealFactory(by=member).contact_id, "title": "Roof", "pipeline_id": partners.pk}

    shown = call(member).post(URL, body).json()

    assert (shown["pipeline_id"], shown["stage"]) == (partners.pk, "offer")


def test_into_another_pipeline_a_deal_takes_the_stage_of_the_same_name(call, member, partners):
    deal = DealFactory(by=member, stage=stage("proposal"))

    shown = call(member).patch(f"{URL}/{deal.pk}", {"pipeline_id": partners.pk}).json()

    assert (shown["pipeline_id"], shown["stage"]) == (partners.pk, "proposal")


def test_into_another_pipeline_a_deal_may_name_its_stage(call, member, partners):
    deal = DealFactory(by=member)

    assert moved(call(member), deal, pipeline_id=partners.pk, stage="signed") == "signed"


def test_another_pipeline_is_no_way_back(call, manager, partners):
    deal = DealFactory(by=manager, stage=stage("closed"))

    response = call(manager).patch(f"{URL}/{deal.pk}", {"pipeline_id": partners.pk})

    assert (response.status_code, response.json()["code"]) == (403, "stage_rollback")


def test_a_stage_of_another_pipeline_needs_the_pipeline(call, member, partners):
    response = call(member).patch(f"{URL}/{DealFactory(by=member).pk}", {"stage": "signed"})

    assert response.status_code == 400
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [("/stage", "does_not_exist")]


def test_a_pipeline_without_stages_takes_no_deals(call, member, organization):
    empty = Pipeline(organization=organization, name="Empty").save_by(None)

    response = call(member).patch(f"{URL}/{DealFactory(by=member).pk}", {"pipeline_id": empty.pk})

    assert response.status_code == 400
    assert [(error["pointer"], error["detail"]) for error in response.json()["errors"]] == [
        ("/pipeline_id", "This pipeline has no stages yet.")
    ]


# History


def history():
    changes = StageChange.objects.select_related("from_stage", "to_stage")
    return [
        (change.from_stage and change.from_stage.slug, change.to_stage.slug, change.seconds_before, change.by_id)
        for change in changes
    ]


def test_every_move_is_kept_with_the_seconds_before_it(call, member, owner):
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False) as clock:
        deal = DealFactory(by=member)
        for slug, wait in [("proposal", timedelta(minutes=1)), ("closed", timedelta(days=2, seconds=3))]:
            clock.shift(wait)
            moved(call(owner), deal, stage=slug)
        clock.shift(5)
        shown = call(owner).patch(f"{URL}/{deal.pk}", {"stage": "proposal"}).json()

    assert history() == [
        (None, "qualification", None, None),
        ("qualification", "proposal", 60, owner.user_id),
        ("proposal", "closed", 172_803, owner.user_id),
        ("closed", "proposal", 5, owner.user_id),
    ]
    assert shown["stage_entered_at"] == "2026-03-03T00:01:08Z"


@pytest.mark.parametrize("body", [{"stage": "qualification"}, {"title": "New"}, {"amount": 7}])
def test_staying_is_no_move(call, owner, body):
    deal = DealFactory(by=owner)

    shown = call(owner).patch(f"{URL}/{deal.pk}", body).json()

    assert history() == [(None, "qualification", None, None)]
    assert shown["stage_entered_at"] == deal.created_at.isoformat().replace("+00:00", "Z")


def test_renaming_and_reordering_stages_changes_no_history(call, owner):
    deal = DealFactory(by=owner, stage=stage("proposal"))
    before = list(StageChange.objects.values())
    entered = call(owner).get(f"{URL}/{deal.pk}").json()["stage_entered_at"]

    url = f"/api/v1/stages/{deal.stage_id}"
    assert call(owner).patch(url, {"name": "Offer", "slug": "offer", "position": 4}).status_code == 200

    shown = call(owner).get(f"{URL}/{deal.pk}").json()
    assert list(StageChange.objects.values()) == before
    assert (shown["stage"], shown["stage_entered_at"], shown["version"]) == ("offer", entered, 1)
