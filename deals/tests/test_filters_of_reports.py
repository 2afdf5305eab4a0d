"""What leads from a figure of a report to the deals behind it."""

from datetime import UTC, datetime, timedelta

import pytest

from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from organizations.tenancy import clock


@pytest.fixture
def client(call, manager):
    return call(manager)


def titles(client, **filters):
    response = client.get("/api/v1/deals", {"order_by": "title", "order": "asc", **filters})
    assert response.status_code == 200, response.content
    return "".join(row["title"] for row in response.json()["results"])


def stage(slug):
    return Stage.objects.get(slug=slug, pipeline__name="Sales")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"closed_after": "2026-01-01"}, "BC"),
        ({"closed_before": "2025-12-31"}, "A"),
        ({"closed_after": "2025-12-31", "closed_before": "2026-01-01"}, "AB"),
        ({"closed_after": "2025-12-31T23:00:00Z", "closed_before": "2025-12-31T23:00:00Z"}, "B"),
        ({"closed_after": "2026-01-01", "status": "won"}, "B"),
        ({"closed_after": "0001-01-01", "closed_before": "9999-12-31"}, "ABC"),
    ],
)
def test_deals_by_the_day_that_closed_them(client, manager, organization, filters, found):
    organization.time_zone = "Europe/Berlin"
    organization.save_by(None)
    midnight = datetime(2025, 12, 31, 23, tzinfo=UTC)
    for title, status, moment in [
        ("A", "won", midnight - timedelta(seconds=1)),
        ("B", "won", midnight),
        ("C", "lost", midnight + timedelta(days=1)),
        ("D", "new", midnight),
    ]:
        with clock.at(moment):
            DealFactory(by=manager, title=title, status=status, amount=1)

    assert titles(client, **filters) == found


def test_a_reopened_deal_was_not_closed(client, manager):
    deal = DealFactory(by=manager, status="won", amount=1)
    deal.status = "in_progress"
    deal.save_by(manager)

    assert titles(client, closed_after="2000-01-01") == ""


def test_currency_is_one_code(client, manager):
    for title, currency in [("A", "EUR"), ("B", "USD")]:
        DealFactory(by=manager, title=title, currency=currency)

    assert titles(client, currency="USD") == "B"
    assert titles(client, currency="JPY") == ""


def test_a_stage_is_reached_by_what_ever_stood_there_or_further_on(client, owner):
    for title, slugs in [("A", ["qualification"]), ("B", ["negotiation", "qualification"]), ("C", ["proposal"])]:
        deal = DealFactory(by=owner, title=title, stage=stage(slugs[0]))
        for slug in slugs[1:]:
            deal.stage = stage(slug)
            deal.save_by(owner)

    found = [titles(client, reached=stage(slug).pk) for slug in ("qualification", "proposal", "negotiation", "closed")]
    assert found == ["ABC", "BC", "B", ""]


def test_a_stage_of_another_pipeline_is_not_reached_by_standing_further(client, manager, organization):
    other = Pipeline(organization=organization, name="Partners").save_by(None)
    first = Stage(pipeline=other, slug="talk", name="Talk").save_by(None)
    DealFactory(by=manager, title="A", stage=stage("closed"))
    moved = DealFactory(by=manager, title="B", stage=stage("qualification"))
    moved.stage = first
    moved.save_by(None)

    assert (titles(client, reached=first.pk), titles(client, reached=stage("closed").pk)) == ("B", "A")
    assert titles(client, reached=stage("qualification").pk) == "AB"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"expected_close_after": "2026-02-01"}, "B"),
        ({"expected_close_before": "2026-01-31"}, "A"),
        ({"expected_close_after": "2026-01-31", "expected_close_before": "2026-02-01"}, "AB"),
    ],
)
def test_deals_by_the_day_on_which_they_are_expected_to_close(client, manager, filters, found):
    for title, day in [("A", "2026-01-31"), ("B", "2026-02-01"), ("C", None)]:
        DealFactory(by=manager, title=title, expected_close_date=day)

    assert titles(client, **filters) == found


def test_day_of_the_expected_close_is_a_day(client):
    response = client.get("/api/v1/deals", {"expected_close_after": "soon"})

    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (400, "/expected_close_after")
