"""Amounts of several currencies: converted at the organization's own rates of today, or left out and named."""

from datetime import date

import pytest
import time_machine

from contacts.tests.factories import ContactFactory
from deals.tests.factories import DealFactory
from organizations.models import ExchangeRate

pytestmark = pytest.mark.django_db

NOON = "2026-03-10T12:00:00Z"


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def add(owner):
    """`add("USD", 5)`: a new deal of that amount."""
    contact = ContactFactory(by=owner)
    return lambda currency, amount, status="new": DealFactory(
        by=owner, contact=contact, currency=currency, amount=amount, status=status
    )


@pytest.fixture
def rate(owner):
    return lambda currency, rate, day: ExchangeRate(
        organization=owner.organization, currency=currency, rate=rate, valid_from=day
    ).save_by(owner)


@pytest.fixture
def summary(call, owner):
    return lambda: call(owner).get("/api/v1/analytics/deals/summary").json()


def test_currencies_are_converted_and_kept_apart(add, rate, summary):
    rate("USD", "0.9", date(2026, 1, 1))
    add("EUR", 10)
    add("USD", 20)

    body = summary()
    assert body["amount_by_status"]["new"] == "28.00"
    assert {currency: of["amount_by_status"]["new"] for currency, of in body["by_currency"].items()} == {
        "EUR": "10.00",
        "USD": "20.00",
    }
    assert (body["currency"], body["unconverted"]) == ("EUR", [])


def test_each_currency_has_all_the_figures(add, rate, summary):
    rate("USD", "0.9", date(2026, 1, 1))
    add("USD", 20, "won")
    add("USD", 30)

    assert summary()["by_currency"] == {
        "USD": {
            "count_by_status": {"new": 1, "in_progress": 0, "won": 1, "lost": 0},
            "amount_by_status": {"new": "30.00", "in_progress": "0.00", "won": "20.00", "lost": "0.00"},
            "average_won_amount": "20.00",
            "new_deals_last_n_days": 2,
            "total_deals": 2,
        }
    }


def test_what_has_no_rate_is_counted_but_not_added(add, summary):
    add("EUR", 10, "won")
    add("USD", 20, "won")
    add("CHF", 30)

    body = summary()
    assert body["amount_by_status"] == {"new": "0.00", "in_progress": "0.00", "won": "10.00", "lost": "0.00"}
    assert body["count_by_status"] == {"new": 1, "in_progress": 0, "won": 2, "lost": 0}
    assert body["average_won_amount"] == "10.00"
    assert body["unconverted"] == ["CHF", "USD"]


def test_nothing_convertible_won_has_no_average(add, summary):
    add("USD", 20, "won")

    assert summary()["average_won_amount"] is None


def test_the_average_is_of_converted_amounts(add, rate, summary):
    rate("USD", "0.5", date(2026, 1, 1))
    add("EUR", 10, "won")
    add("USD", 10, "won")

    assert summary()["average_won_amount"] == "7.50"


def test_the_latest_rate_counts(add, rate, summary):
    for value, day in (("2", date(2026, 3, 10)), ("3", date(2026, 3, 9)), ("4", date(2025, 12, 31))):
        rate("USD", value, day)
    add("USD", 1)

    assert summary()["amount_by_status"]["new"] == "2.00"


def test_a_rate_of_tomorrow_does_not_count_yet(add, rate, summary):
    rate("USD", "2", date(2026, 3, 1))
    rate("USD", "3", date(2026, 3, 11))
    add("USD", 1)

    assert summary()["amount_by_status"]["new"] == "2.00"


def test_only_a_rate_of_tomorrow_is_none(add, rate, summary):
    rate("USD", "3", date(2026, 3, 11))
    add("USD", 1)

    assert summary()["unconverted"] == ["USD"]


@pytest.mark.parametrize(("time_zone", "amount"), [("UTC", "2.00"), ("Pacific/Auckland", "3.00")])
def test_today_is_where_the_organization_is(add, rate, summary, owner, time_zone, amount):
    owner.organization.time_zone = time_zone
    owner.organization.save_by(owner)
    rate("USD", "2", date(2026, 3, 1))
    rate("USD", "3", date(2026, 3, 11))
    add("USD", 1)

    assert summary()["amount_by_status"]["new"] == amount


def test_a_rate_counts_from_midnight_on_though_figures_are_kept(add, rate, call, owner):
    rate("USD", "2", date(2026, 3, 10))
    rate("USD", "3", date(2026, 3, 11))
    add("USD", 1)

    amounts = []
    for moment in ("2026-03-10T23:59:00Z", "2026-03-11T00:01:00Z"):
        with time_machine.travel(moment):
            body = call(owner).get("/api/v1/analytics/deals/summary").json()
            amounts.append(body["amount_by_status"]["new"])
    assert amounts == ["2.00", "3.00"]


def test_rates_of_another_organization_do_not_count(add, stranger, summary):
    ExchangeRate(organization=stranger.organization, currency="USD", rate=2, valid_from=date(2026, 1, 1)).save_by(
        stranger
    )
    add("USD", 1)

    assert summary()["unconverted"] == ["USD"]


def test_a_converted_amount_is_rounded_half_up_once(add, rate, summary):
    rate("USD", "0.5", date(2026, 1, 1))
    add("USD", "0.03")
    add("USD", "0.02")

    assert summary()["amount_by_status"]["new"] == "0.03"


def test_the_largest_amounts_at_the_largest_rate(add, rate, summary):
    rate("USD", "9999999.99999999", date(2026, 1, 1))
    for _ in range(20):
        add("USD", "9999999999999999.99", "won")

    body = summary()
    assert body["amount_by_status"]["won"] == "1999999999999997998000000.00"
    assert body["average_won_amount"] == "99999999999999899900000.00"


def test_the_funnel_converts_too(add, rate, call, owner):
    rate("USD", "0.5", date(2026, 1, 1))
    add("EUR", 10)
    add("USD", 20)
    add("CHF", 30)

    body = call(owner).get("/api/v1/analytics/deals/funnel").json()
    assert [stage["amount"] for stage in body["stages"]] == ["20.00", "0.00", "0.00", "0.00"]
    assert (body["currency"], body["unconverted"]) == ("EUR", ["CHF"])
