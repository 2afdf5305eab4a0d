"""The summary of deals, as the API answers it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from contacts.tests.factories import ContactFactory
from deals.tests.factories import DealFactory

pytestmark = pytest.mark.django_db

PATH = "/api/v1/analytics/deals/summary"
NOTHING = {"new": "0.00", "in_progress": "0.00", "won": "0.00", "lost": "0.00"}
NOBODY = {"new": 0, "in_progress": 0, "won": 0, "lost": 0}


@pytest.fixture
def add(owner):
    """`add(status="won", amount=5)`: a deal of the organization."""
    contact = ContactFactory(by=owner)
    return lambda **fields: DealFactory(by=owner, contact=contact, **fields)


@pytest.fixture
def summary(call, owner):
    return lambda **query: call(owner).get(PATH, query).json()


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def test_an_empty_organization(summary):
    assert summary() == {
        "count_by_status": NOBODY,
        "amount_by_status": NOTHING,
        "average_won_amount": None,
        "new_deals_last_n_days": 0,
        "days": 30,
        "total_deals": 0,
        "currency": "EUR",
        "by_currency": {},
        "unconverted": [],
    }


def test_deals_of_every_status(add, summary):
    add(amount=1)
    add(status="in_progress", amount="2.50")
    add(status="won", amount=10)
    add(status="won", amount=20)
    add(status="lost", amount=4)

    overview = {
        "count_by_status": {"new": 1, "in_progress": 1, "won": 2, "lost": 1},
        "amount_by_status": {"new": "1.00", "in_progress": "2.50", "won": "30.00", "lost": "4.00"},
        "average_won_amount": "15.00",
        "new_deals_last_n_days": 5,
        "total_deals": 5,
    }
    assert summary() == {
        **overview,
        "days": 30,
        "currency": "EUR",
        "by_currency": {"EUR": overview},
        "unconverted": [],
    }


def test_an_average_is_rounded_half_up(add, summary):
    add(status="won", amount="0.02")
    add(status="won", amount="0.03")

    assert summary()["average_won_amount"] == "0.03"


def test_nothing_won_has_no_average(add, summary):
    add(status="lost", amount=4)

    assert summary()["average_won_amount"] is None


@pytest.mark.parametrize("status", ["new", "in_progress", "won", "lost"])
def test_a_deal_is_new_by_its_day_whatever_its_status(add, summary, status):
    add(status=status, amount=1, created_at=days_ago(9.9))
    add(status=status, amount=1, created_at=days_ago(10.1))

    body = summary(days=10)
    assert (body["new_deals_last_n_days"], body["total_deals"], body["days"]) == (1, 2, 10)
    assert body["by_currency"]["EUR"]["new_deals_last_n_days"] == 1


def test_new_deals_are_counted_on_either_side_of_the_first_midnight(add, summary, time_machine):
    time_machine.move_to(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False)
    for day, hour in ((9, 11), (9, 12), (9, 23), (10, 0), (10, 11)):
        add(created_at=datetime(2026, 3, day, hour, tzinfo=UTC))

    assert [summary(days=days)["new_deals_last_n_days"] for days in (1, 2)] == [4, 5]


@pytest.mark.parametrize("days", [1, 365])
def test_days_from_one_to_a_year(summary, days):
    assert summary(days=days)["days"] == days


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ("0", "min_value"),
        ("-1", "min_value"),
        ("366", "max_value"),
        ("9" * 30, "max_value"),
        ("1.5", "invalid"),
        ("ten", "invalid"),
        ("", "blank"),
    ],
)
def test_other_days_are_refused(call, owner, days, code):
    answer = call(owner).get(PATH, {"days": days})

    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [("/days", code)]


def test_an_unknown_parameter_is_refused(call, owner):
    answer = call(owner).get(PATH, {"day": "1"})

    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [("/day", "unknown_parameter")]


def test_deals_of_another_organization_do_not_count(summary, stranger):
    DealFactory(by=stranger, status="won", amount=5)

    assert (summary()["total_deals"], summary()["by_currency"]) == (0, {})


@pytest.mark.parametrize("role", ["owner", "admin", "manager", "member"])
def test_every_role_sees_the_same(request, call, add, role):
    add(status="won", amount=5)

    body = call(request.getfixturevalue(role)).get(PATH).json()
    assert (body["total_deals"], body["amount_by_status"]["won"]) == (1, "5.00")


def test_amounts_beyond_what_a_database_counts_in(add, summary):
    for _ in range(10):
        add(amount="9999999999999999.99")

    assert summary()["amount_by_status"]["new"] == "99999999999999999.90"
