"""Money: exact to the hundredth, in and out."""

import pytest

from deals.models import Deal
from deals.tests.factories import DealFactory

LARGEST = "9999999999999999.99"


def amount_after(client, deal, text):
    """What is answered, and what is read afterwards, when this JSON is sent as the amount."""
    response = client.generic(
        "PATCH", f"/api/v1/deals/{deal.pk}", f'{{"amount": {text}}}', content_type="application/json"
    )
    return response.status_code, response.json().get("amount"), client.get(f"/api/v1/deals/{deal.pk}").json()["amount"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("10000", "10000.00"),
        ("10000.5", "10000.50"),
        ('"10000"', "10000.00"),
        ('"10000.00"', "10000.00"),
        ("0.01", "0.01"),
        ('"0"', "0.00"),
        ("-0.0", "0.00"),
        ("0.1", "0.10"),
        ("1e3", "1000.00"),
        (LARGEST, LARGEST),
        (f'"{LARGEST}"', LARGEST),
        ("9007199254740993", "9007199254740993.00"),
        ("1234567890123456.78", "1234567890123456.78"),
    ],
)
def test_an_amount_is_a_number_or_a_string(call, member, given, kept):
    deal = DealFactory(by=member, amount=5)

    assert amount_after(call(member), deal, given) == (200, kept, kept)


@pytest.mark.parametrize(
    "given",
    [
        "-0.01",
        "-1",
        '"-1"',
        "NaN",
        '"NaN"',
        '"sNaN"',
        "Infinity",
        "-Infinity",
        '"Infinity"',
        '"-inf"',
        "1.001",
        '"1.001"',
        "0.001",
        "1e-3",
        "10000000000000000",
        '"10000000000000000.00"',
        "1e16",
        "1e400",
        "1e999999999",
        "1" * 5000,
        "true",
        "[]",
        "{}",
        '""',
        '"ten"',
        '"1,5"',
        '"1 000"',
        "null",
    ],
)
def test_what_is_no_amount_is_refused(call, member, given):
    deal = DealFactory(by=member, amount=5)

    assert amount_after(call(member), deal, given) == (400, None, "5.00")


@pytest.mark.parametrize("given", ["-0.01", '"NaN"', "1.001", "10000000000000000", "1e400", "true", '"ten"'])
def test_a_refused_amount_is_named(call, member, given):
    deal = DealFactory(by=member)

    response = call(member).generic(
        "PATCH", f"/api/v1/deals/{deal.pk}", f'{{"amount": {given}}}', content_type="application/json"
    )

    assert {error["pointer"] for error in response.json()["errors"]} == {"/amount"}


def test_the_largest_amounts_are_told_apart(call, member):
    DealFactory(by=member, amount=LARGEST)
    DealFactory(by=member, amount="9999999999999999.98")

    found = call(member).get("/api/v1/deals", {"min_amount": LARGEST}).json()["results"]

    assert [deal["amount"] for deal in found] == [LARGEST]
    assert Deal.objects.count() == 2
