"""Money is exact: stored, compared, ordered and added up, on each database."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.tests.factories import ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.tenancy.fields import MoneyField, Total

pytestmark = pytest.mark.django_db

LARGEST = Decimal("9999999999999999.99")
AMOUNTS = st.decimals(min_value=0, max_value=LARGEST, places=2)


@pytest.fixture
def deals(owner):
    """`deals("1", "2.50")`: a deal of each amount."""
    contact = ContactFactory(by=owner)
    return lambda *amounts: [DealFactory(by=owner, contact=contact, amount=Decimal(amount)) for amount in amounts]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(AMOUNTS)
def test_each_hundredth_survives(deals, amount):
    deal = Deal.objects.first() or deals("1")[0]
    Deal.objects.update(amount=amount)

    assert Deal.objects.get(pk=deal.pk).amount == amount


def test_an_amount_has_two_places(deals):
    deals("5")

    assert str(Deal.objects.get().amount) == "5.00"


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "NaN", "Infinity", "-Infinity", "10000000000000000", "ten", []])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(ValidationError):
        MoneyField().clean(amount, None)


@pytest.mark.parametrize(("amount", "exact"), [("1.10", "1.10"), (7, "7"), (" 5 ", "5"), (str(LARGEST), str(LARGEST))])
def test_an_amount_is_taken_as_written(amount, exact):
    assert MoneyField().clean(amount, None) == Decimal(exact)


def test_amounts_are_compared_exactly(deals):
    less, equal, more = deals(LARGEST - Decimal("0.01"), LARGEST, "0.10")

    assert list(Deal.objects.filter(amount=LARGEST)) == [equal]
    assert list(Deal.objects.filter(amount__lt=LARGEST).order_by("id")) == [less, more]
    assert list(Deal.objects.filter(amount__in=[Decimal("0.1")])) == [more]
    assert list(Deal.objects.filter(amount__gte=Decimal("0.10"), amount__lte=Decimal("0.10"))) == [more]


def test_amounts_are_ordered_as_numbers(deals):
    deals("100", "9.50", "20", "9.05")

    amounts = Deal.objects.order_by("amount").values_list("amount", flat=True)
    assert [str(amount) for amount in amounts] == ["9.05", "9.50", "20.00", "100.00"]


def test_amounts_are_compared_between_columns(deals):
    deals("1")

    assert Deal.objects.filter(amount__gte=F("amount")).count() == 1


def test_a_bulk_change_is_exact(deals):
    several = deals("1", "2")
    several[0].amount, several[1].amount = LARGEST, Decimal("0.01")
    Deal.objects.bulk_update(several, ["amount"])

    assert list(Deal.objects.order_by("id").values_list("amount", flat=True)) == [LARGEST, Decimal("0.01")]


def test_a_total_beyond_what_the_database_counts_in(deals):
    """Ten of the largest are 10^18 hundredths each: more than 2^63 together."""
    deals(*[LARGEST] * 10)

    assert Deal.objects.aggregate(total=Total("amount"))["total"] == LARGEST * 10


def test_a_total_is_exact_where_halves_meet(deals):
    deals("9999999.99", "0.01", "10000000.00", "10000000.01")

    assert Deal.objects.aggregate(total=Total("amount"))["total"] == Decimal("30000000.01")


def test_a_total_of_nothing_is_none():
    assert Deal.objects.aggregate(total=Total("amount"))["total"] is None


def test_a_total_for_each_group(deals):
    for deal, title in zip(deals("1", "2", "0.50"), "aba", strict=True):
        Deal.objects.filter(pk=deal.pk).update(title=title)

    totals = Deal.objects.order_by("title").values_list("title").annotate(total=Total("amount"))
    assert list(totals) == [("a", Decimal("1.50")), ("b", Decimal("2.00"))]


def test_a_total_can_be_logged(deals, django_assert_num_queries):
    """With DEBUG, Django writes each statement out."""
    deals("1")

    with django_assert_num_queries(1):
        assert Deal.objects.aggregate(total=Total("amount"))["total"] == 1
