"""The stages of a pipeline: an order without gaps, and never none."""

import pytest
from django.core.exceptions import ValidationError

from deals.models import Deal, StageChange
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory

URL = "/api/v1/stages"


@pytest.fixture
def client(call, admin):
    return call(admin)


@pytest.fixture
def sales(admin):
    return Pipeline.objects.for_membership(admin).get()


def stage(slug):
    return Stage.objects.get(slug=slug)


def positions():
    return [(row.position, row.slug) for row in Stage.objects.order_by("position")]


def errors(response):
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


def test_the_default_pipeline_has_four_stages_in_order(client, sales):
    shown = client.get(URL).json()["results"]

    assert [(row["slug"], row["position"], row["pipeline_id"]) for row in shown] == [
        ("qualification", 1, sales.pk),
        ("proposal", 2, sales.pk),
        ("negotiation", 3, sales.pk),
        ("closed", 4, sales.pk),
    ]


def test_a_new_stage_comes_last(client, sales):
    response = client.post(URL, {"pipeline_id": sales.pk, "slug": "after", "name": "After"})

    shown = response.json()
    assert response.status_code == 201
    assert client.get(response["Location"]).json() == shown
    assert {name: shown[name] for name in shown if name not in ("id", "created_at", "updated_at")} == {
        "pipeline_id": sales.pk,
        "slug": "after",
        "name": "After",
        "position": 5,
        "probability": 0,
        "expected_days": None,
        "version": 1,
    }


def test_a_new_stage_takes_the_place_it_names(client, sales):
    client.post(URL, {"pipeline_id": sales.pk, "slug": "second", "name": "Second", "position": 2})

    assert positions() == [(1, "qualification"), (2, "second"), (3, "proposal"), (4, "negotiation"), (5, "closed")]


@pytest.mark.parametrize(
    ("slug", "position", "order"),
    [
        ("qualification", 3, ["proposal", "negotiation", "qualification", "closed"]),
        ("qualification", 4, ["proposal", "negotiation", "closed", "qualification"]),
        ("qualification", 1000, ["proposal", "negotiation", "closed", "qualification"]),
        ("closed", 1, ["closed", "qualification", "proposal", "negotiation"]),
        ("negotiation", 2, ["qualification", "negotiation", "proposal", "closed"]),
    ],
)
def test_a_moved_stage_pushes_the_others_along(client, sales, slug, position, order):
    shown = client.patch(f"{URL}/{stage(slug).pk}", {"position": position}).json()

    assert positions() == list(enumerate(order, 1))
    assert (shown["position"], shown["version"]) == (order.index(slug) + 1, 2)


def test_a_deleted_stage_leaves_no_gap(client, sales):
    assert client.delete(f"{URL}/{stage('proposal').pk}").status_code == 204

    assert positions() == [(1, "qualification"), (2, "negotiation"), (3, "closed")]


@pytest.mark.parametrize("more", [0, 20])
def test_moving_and_deleting_cost_as_much_among_many_stages(sales, admin, more, django_assert_num_queries):
    for number in range(more):
        Stage(pipeline=sales, slug=f"stage-{number}", name="Stage").save_by(admin)
    moved, deleted = Stage.objects.get(slug="qualification"), Stage.objects.get(slug="proposal")
    moved.position = 4

    with django_assert_num_queries(12):
        moved.save_by(admin)
    with django_assert_num_queries(15):
        deleted.delete_by(admin)


def test_stages_are_moved_within_their_pipeline_alone(client, sales, organization):
    other = Pipeline(organization=organization, name="Partners").save_by(None)
    first = Stage(pipeline=other, slug="offer", name="Offer").save_by(None)
    second = Stage(pipeline=other, slug="signed", name="Signed").save_by(None)

    client.patch(f"{URL}/{stage('closed').pk}", {"position": 1})
    client.patch(f"{URL}/{second.pk}", {"position": 1})

    found = client.get(URL, {"pipeline_id": other.pk}).json()["results"]
    assert [(row["id"], row["position"]) for row in found] == [(second.pk, 1), (first.pk, 2)]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("position", 0, "min_value"),
        ("position", -1, "min_value"),
        ("position", 2**63, "max_value"),
        ("position", "first", "invalid"),
        ("position", None, "null"),
        ("probability", 101, "max_value"),
        ("probability", -1, "min_value"),
        ("expected_days", -1, "min_value"),
        ("expected_days", 10**6, "max_value"),
        ("slug", "no slug", "invalid"),
        ("slug", "", "blank"),
        ("slug", "x" * 61, "max_length"),
        ("name", " ", "blank"),
        ("name", "x" * 101, "max_length"),
        ("pipeline_id", 987_654_321, "does_not_exist"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(client, sales, name, value, code):
    response = client.patch(f"{URL}/{stage('closed').pk}", {name: value})

    assert (response.status_code, errors(response)) == (400, [(f"/{name}", code)])


def test_a_stage_needs_pipeline_slug_and_name(client):
    assert sorted(errors(client.post(URL, {}))) == [
        ("/name", "required"),
        ("/pipeline_id", "required"),
        ("/slug", "required"),
    ]


def test_a_slug_is_taken_once_in_a_pipeline(client, sales):
    response = client.post(URL, {"pipeline_id": sales.pk, "slug": "closed", "name": "Closed"})

    assert (response.status_code, response.json()["code"]) == (409, "stage_slug_taken")


def test_a_stage_stays_in_its_pipeline(client, sales, organization):
    other = Pipeline(organization=organization, name="Partners").save_by(None)

    response = client.patch(f"{URL}/{stage('closed').pk}", {"pipeline_id": other.pk})

    assert (response.status_code, errors(response)) == (400, [("/pipeline_id", "pipeline_fixed")])


def test_a_pipeline_of_others_is_worded_as_one_that_never_was(client, stranger):
    theirs = Pipeline.objects.for_membership(stranger).get().pk

    response = client.post(URL, {"pipeline_id": theirs, "slug": "a", "name": "A"})

    assert (response.status_code, errors(response)) == (400, [("/pipeline_id", "does_not_exist")])


# Deleting


def test_a_stage_with_deals_stays(client, sales, member):
    deal = DealFactory(by=member)

    response = client.delete(f"{URL}/{deal.stage_id}")

    assert (response.status_code, response.json()["code"]) == (409, "stage_has_deals")
    assert response.json()["detail"].startswith("This stage has 1 deal.")


def test_a_stage_goes_when_its_deals_may_move(client, sales, member):
    deal = DealFactory(by=member, stage=stage("negotiation"))

    response = client.delete(f"{URL}/{deal.stage_id}?move_to={stage('proposal').pk}")

    shown = client.get(f"/api/v1/deals/{deal.pk}").json()
    timeline = client.get(f"/api/v1/deals/{deal.pk}/activities").json()["results"]
    assert response.status_code == 204
    assert (shown["stage"], shown["version"]) == ("proposal", 2)
    assert [(entry["type"], entry["payload"]) for entry in timeline][1:] == [
        ("stage_changed", {"from": "negotiation", "to": "proposal"})
    ]
    assert StageChange.objects.count() == 2


def test_moved_deals_may_go_to_another_pipeline(client, sales, member, organization):
    other = Pipeline(organization=organization, name="Partners").save_by(None)
    offer = Stage(pipeline=other, slug="offer", name="Offer").save_by(None)
    deal = DealFactory(by=member)

    assert client.delete(f"{URL}/{deal.stage_id}?move_to={offer.pk}").status_code == 204
    assert Deal.objects.get().stage == offer


@pytest.mark.parametrize("move_to", ["itself", "987654321", "abc", "-1", str(2**63), "", "theirs"])
def test_deals_move_only_to_another_stage_that_is_there(client, sales, member, stranger, move_to):
    deal = DealFactory(by=member)
    theirs = Stage.objects.for_membership(stranger).first()
    named = {"itself": deal.stage_id, "theirs": theirs.pk}.get(move_to, move_to)

    response = client.delete(f"{URL}/{deal.stage_id}?move_to={named}")

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/move_to"]
    assert Deal.objects.get(pk=deal.pk).version == 1


def test_the_last_stage_stays(client, organization):
    other = Pipeline(organization=organization, name="Partners").save_by(None)
    only = Stage(pipeline=other, slug="offer", name="Offer").save_by(None)

    response = client.delete(f"{URL}/{only.pk}")

    assert (response.status_code, response.json()["code"]) == (409, "last_stage")


def test_a_stale_deletion_moves_nothing(client, sales, member):
    deal = DealFactory(by=member)
    url = f"{URL}/{deal.stage_id}?move_to={stage('closed').pk}"

    response = client.delete(url, headers={"If-Match": '"7"'})

    assert (response.status_code, response.json()["current"]["slug"]) == (412, "qualification")
    assert Deal.objects.get().version == 1


@pytest.mark.parametrize("position", [0, 1001, 99_999])
def test_what_is_no_position_is_refused_by_the_hall_too(owner, position):
    stage = Stage.objects.get(slug="proposal")
    stage.position = position

    with pytest.raises(ValidationError) as refused:
        stage.save_by(owner)

    assert list(refused.value.message_dict) == ["position"]
