"""Questions that are asked together are answered as each by itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Count, Sum

from contacts.models import Contact
from contacts.tests.factories import ContactFactory
from organizations.models import ExchangeRate
from organizations.tenancy.together import together

pytestmark = pytest.mark.django_db


def test_each_question_has_its_rows(owner, stranger, django_assert_num_queries):
    for name in ("Ann", "Ann", "Bob 100 %"):
        ContactFactory(by=owner, name=name)
    ContactFactory(by=stranger)
    mine = Contact.objects.for_membership(owner)

    with django_assert_num_queries(1):
        found = together(
            named=mine.values("name").annotate(number=Count("pk"), versions=Sum("version")).filter(name="Ann"),
            others=mine.filter(name__contains="%").values("name", "company"),
            nobody=mine.filter(name="Nobody").values("pk"),
        )

    assert found == {
        "named": [{"name": "Ann", "number": 2, "versions": 2}],
        "others": [{"name": "Bob 100 %", "company": None}],
        "nobody": [],
    }


@pytest.mark.parametrize("rate", ["1", "0.91", "1234567.12345678", "9999999.99999999", "0.00000001", "9.10000000"])
def test_a_rate_stays_exact(owner, rate):
    ExchangeRate(currency="USD", rate=Decimal(rate), valid_from=date(2026, 1, 1)).save_by(owner)

    (row,) = together(rates=ExchangeRate.objects.values("rate", "valid_from"))["rates"]

    assert (Decimal(row["rate"]), row["valid_from"]) == (Decimal(rate), "2026-01-01")


def test_great_sums_stay_exact(owner):
    ContactFactory(by=owner)
    Contact.objects.update(version=2**31 - 1)

    (row,) = together(all=Contact.objects.values("owner").annotate(sum=Sum("version") * (2**31)))["all"]

    assert row["sum"] == (2**31 - 1) * 2**31
