"""The next steps of many deals at once, for the cards of a board."""

import re

import pytest
import time_machine

from deals.tests.factories import DealFactory
from tasks.tests.factories import TaskFactory


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False):
        yield


@pytest.fixture
def deal(member):
    return DealFactory(by=member)


def chips(reader, *ids):
    """What each card is told, by the id of its place."""
    query = "&".join(f"deal={pk}" for pk in ids)
    response = reader.get(f"{reader.place}tasks/next-steps/?{query}")
    assert response.status_code == 200
    found = re.findall(
        r'<span id="next-step-(\d+)" hx-swap-oob="true">(.*?)\n</span>', response.content.decode(), re.DOTALL
    )
    return {
        int(pk): (re.findall(r'class="next-chip ?(.*?)"', chip), " ".join(re.sub("<[^>]+>", " ", chip).split()))
        for pk, chip in found
    }


@pytest.mark.parametrize(
    ("due", "state", "words"),
    [
        ("2026-11-23", "is-today", "Call Today"),
        ("2026-11-24", "", "Call Tomorrow"),
        ("2026-12-01", "", "Call Tue 1 Dec"),
        (None, "", "Call"),
    ],
)
def test_card_shows_the_next_step_and_its_day(at, member, deal, due, state, words):
    TaskFactory(by=member, deal=deal, title="Call", due_date=due)
    TaskFactory(by=member, deal=deal, title="Later", due_date="2090-01-01" if due else None)

    assert chips(at(member), deal.pk) == {deal.pk: ([state], words)}


def test_late_step_is_marked(at, member, deal):
    with time_machine.travel("2026-11-01T12:00:00Z", tick=False):
        TaskFactory(by=member, deal=deal, title="Call", due_date="2026-11-20")

    assert chips(at(member), deal.pk) == {deal.pk: (["is-late"], "Call 3 days late")}


def test_open_deal_without_a_step_asks_for_one(at, member, deal):
    reader = at(member)

    assert chips(reader, deal.pk) == {deal.pk: (["is-missing"], "Add next step")}
    assert f"tasks/new/?deal={deal.pk}" in reader.read(f"tasks/next-steps/?deal={deal.pk}").html


def test_who_may_not_add_one_is_not_asked(at, owner, member):
    deal = DealFactory(by=owner)

    assert chips(at(member), deal.pk) == {deal.pk: ([""], "No next step")}


def test_closed_deal_needs_none(at, member):
    deal = DealFactory(by=member, status="lost")

    assert chips(at(member), deal.pk) == {deal.pk: ([], "")}


def test_deals_of_others_and_odd_ids_are_left_out(at, member, stranger, deal):
    theirs = TaskFactory(by=stranger).deal

    assert list(chips(at(member), theirs.pk, "x", "", "0", "9" * 40, "%00", 999999, deal.pk, deal.pk)) == [deal.pk]


def test_nothing_is_asked_of_nothing(at, member):
    assert chips(at(member)) == {}


def test_two_hundred_deals_are_told_at_most(at, member, deal):
    assert chips(at(member), *["x"] * 200, deal.pk) == {}


@pytest.mark.parametrize("count", [1, 12])
def test_chips_take_one_query(at, member, django_assert_num_queries, count):
    deals = [TaskFactory(by=member).deal for _ in range(count)]
    reader = at(member)

    with django_assert_num_queries(4):
        assert len(chips(reader, *[deal.pk for deal in deals])) == count
