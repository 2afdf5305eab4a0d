"""Exchange rates: what one unit of a currency is worth in the base currency, from a day on."""

from datetime import UTC, datetime

import pytest
import time_machine

from organizations.models import ExchangeRate, Organization
from organizations.tests.answers import refusal

pytestmark = pytest.mark.django_db

RATES = "/api/v1/exchange-rates"


def add(membership, currency="USD", rate="0.92", valid_from="2026-01-01"):
    organization = membership.organization
    return ExchangeRate(organization=organization, currency=currency, rate=rate, valid_from=valid_from).save_by(None)


def instant(moment):
    return moment.isoformat().replace("+00:00", "Z")


def test_answer_of_a_new_rate(call, owner):
    answer = call(owner).post(RATES, {"currency": "USD", "rate": 0.92, "valid_from": "2026-01-01"})

    rate = ExchangeRate.objects.get()
    assert answer.status_code == 201
    assert answer["Location"] == f"http://testserver{RATES}/{rate.pk}"
    assert answer.json() == {
        "id": rate.pk,
        "currency": "USD",
        "rate": "0.92000000",
        "valid_from": "2026-01-01",
        "created_at": instant(rate.created_at),
        "updated_at": instant(rate.updated_at),
        "version": 1,
    }


@pytest.mark.parametrize("rate", ["0.92", 0.92, "0.00000001", "9999999.99999999", "1234567.12345678", 7, "1e2"])
def test_rate_is_read_again_as_it_was_written(call, owner, rate):
    created = call(owner).post(RATES, {"currency": "USD", "rate": rate}).json()

    assert call(owner).get(f"{RATES}/{created['id']}").json() == created


def test_rate_is_of_today_in_the_organization_unless_the_day_is_named(call, owner):
    Organization.objects.update(time_zone="Pacific/Auckland")

    with time_machine.travel(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), tick=False):
        assert call(owner).post(RATES, {"currency": "USD", "rate": "1"}).json()["valid_from"] == "2026-03-02"


def test_rate_is_changed(call, owner):
    rate = add(owner)

    answer = call(owner).patch(f"{RATES}/{rate.pk}", {"rate": "0.95"})

    assert (answer.status_code, answer.json()["rate"], answer.json()["version"]) == (200, "0.95000000", 2)


def test_rate_is_deleted(call, owner):
    answer = call(owner).delete(f"{RATES}/{add(owner).pk}")

    assert (answer.status_code, answer.content, ExchangeRate.objects.count()) == (204, b"", 0)


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"currency": "EUR"}, [("/currency", "base_currency")]),
        ({"currency": "usd"}, [("/currency", "currency_unknown")]),
        ({"currency": "XYZ"}, [("/currency", "currency_unknown")]),
        ({"currency": ""}, [("/currency", "blank")]),
        ({"currency": None}, [("/currency", "null")]),
        ({"rate": 0}, [("/rate", "rate_not_positive")]),
        ({"rate": "-1"}, [("/rate", "rate_not_positive")]),
        ({"rate": "NaN"}, [("/rate", "invalid")]),
        ({"rate": "Infinity"}, [("/rate", "invalid")]),
        ({"rate": "much"}, [("/rate", "invalid")]),
        ({"rate": True}, [("/rate", "invalid")]),
        ({"rate": None}, [("/rate", "null")]),
        ({"rate": "0.000000001"}, [("/rate", "max_decimal_places")]),
        ({"rate": "12345678"}, [("/rate", "max_whole_digits")]),
        ({"valid_from": "tomorrow"}, [("/valid_from", "invalid")]),
        ({"valid_from": "2026-02-30"}, [("/valid_from", "invalid")]),
        ({"valid_from": "2026-01-01T00:00:00Z"}, [("/valid_from", "invalid")]),
        ({"organization": 1}, [("/organization", "unknown_field")]),
        (
            {"currency": "XYZ", "rate": "x", "valid_from": "x"},
            [("/currency", "currency_unknown"), ("/rate", "invalid"), ("/valid_from", "invalid")],
        ),
    ],
)
def test_wrong_rate_is_named_and_changes_nothing(call, owner, change, errors):
    rate = add(owner)
    new = {"currency": "USD", "rate": "1", "valid_from": "2026-02-01", **change}

    assert refusal(call(owner).post(RATES, new)) == (400, errors)
    assert refusal(call(owner).patch(f"{RATES}/{rate.pk}", change)) == (400, errors)
    assert list(ExchangeRate.objects.values_list("currency", "version")) == [("USD", 1)]


def test_second_rate_of_a_day_is_a_conflict(call, owner):
    add(owner)
    other = add(owner, valid_from="2026-02-01")
    day = {"currency": "USD", "rate": "1", "valid_from": "2026-01-01"}

    assert refusal(call(owner).post(RATES, day)) == (409, "rate_taken")
    assert refusal(call(owner).patch(f"{RATES}/{other.pk}", {"valid_from": "2026-01-01"})) == (409, "rate_taken")


def test_rates_of_other_currencies_days_and_organizations_do_not_conflict(call, owner, stranger):
    add(stranger)

    for currency, day in [("USD", "2026-01-01"), ("USD", "2026-01-02"), ("SEK", "2026-01-01")]:
        answer = call(owner).post(RATES, {"currency": currency, "rate": "1", "valid_from": day})
        assert answer.status_code == 201


@pytest.mark.parametrize("_round", range(3))
def test_same_rate_twice_at_once_is_one(race, call, owner, _round):
    day = {"currency": "USD", "rate": "1", "valid_from": "2026-01-01"}

    answers = race(*[lambda: call(owner).post(RATES, day)] * 2)

    assert sorted(answer.status_code for answer in answers) == [201, 409]


def test_list_is_newest_first_and_can_be_ordered(call, member, stranger):
    add(stranger)
    for currency, day in [("USD", "2026-01-02"), ("CHF", "2026-01-03"), ("SEK", "2026-01-01")]:
        add(member, currency, valid_from=day)

    def currencies(query=""):
        return [rate["currency"] for rate in call(member).get(f"{RATES}{query}").json()["results"]]

    assert currencies() == ["CHF", "USD", "SEK"]
    assert currencies("?order=asc") == ["SEK", "USD", "CHF"]
    assert currencies("?order_by=currency&order=asc") == ["CHF", "SEK", "USD"]


@pytest.mark.parametrize("rows", [1, 30])
def test_list_costs_two_queries(call, owner, rows, django_assert_num_queries):
    for number in range(rows):
        add(owner, valid_from=f"2026-01-{number + 1:02}")
    caller = call(owner)

    with django_assert_num_queries(2):
        assert len(caller.get(f"{RATES}?page_size=100").json()["results"]) == rows


def test_detail_costs_two_queries(call, owner, django_assert_num_queries):
    rate, caller = add(owner), call(owner)

    with django_assert_num_queries(2):
        caller.get(f"{RATES}/{rate.pk}")


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_rates_of_others_are_not_there(call, owner, stranger, method):
    rate = add(stranger)

    foreign = getattr(call(owner), method)(f"{RATES}/{rate.pk}")

    assert refusal(foreign) == (404, "not_found")
    assert ExchangeRate.objects.filter(pk=rate.pk).exists()
