"""Questions that are asked together are answered as each by itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Count, Sum

from contacts.models import Contact
from contacts.tests.factories import ContactFactory
from organizations.models import ExchangeRate
from organizations.tenancy.kept import standing_in
from organizations.tenancy.together import Together

pytestmark = pytest.mark.django_db


def test_each_question_has_its_rows(owner, stranger, django_assert_num_queries):
    for name in ("Ann", "Ann", "Bob 100 %"):
        ContactFactory(by=owner, name=name)
    ContactFactory(by=stranger)

    def make(organization_id, name):
        mine = Contact.objects.for_membership(standing_in(organization_id))
        return {
            "named": mine.values("name").annotate(number=Count("pk"), versions=Sum("version")).filter(name=name),
            "others": mine.filter(name__contains="%").values("name", "company"),
            "nobody": mine.filter(name="Nobody").values("pk"),
        }

    together = Together(make)
    together.rows(stranger.organization_id, "Bob")
    with django_assert_num_queries(1):
        found = together.rows(owner.organization_id, "Ann")

    assert found == {
        "named": [{"name": "Ann", "number": 2, "versions": 2}],
        "others": [{"name": "Bob 100 %", "company": None}],
        "nobody": [],
    }


@pytest.mark.parametrize("rate", ["1", "0.91", "1234567.12345678", "9999999.99999999", "0.00000001", "9.10000000"])
def test_a_rate_stays_exact(owner, rate):
    ExchangeRate(currency="USD", rate=Decimal(rate), valid_from=date(2026, 1, 1)).save_by(owner)

    (row,) = Together(lambda: {"rates": ExchangeRate.objects.values("rate", "valid_from")}).rows()["rates"]

    assert (Decimal(row["rate"]), row["valid_from"]) == (Decimal(rate), "2026-01-01")


def test_great_sums_stay_exact(owner):
    ContactFactory(by=owner)
    Contact.objects.update(version=2**31 - 1)

    sums = Contact.objects.values("owner").annotate(sum=Sum("version") * (2**31))
    (row,) = Together(lambda: {"all": sums}).rows()["all"]

    assert row["sum"] == (2**31 - 1) * 2**31


def test_days_and_instants_are_compared_as_they_are(owner):
    for day in (1, 2, 3):
        ExchangeRate(currency="USD", rate=day, valid_from=date(2026, 1, day)).save_by(owner)
    begun = ExchangeRate.objects.order_by("created_at")[1].created_at
    rates = Together(lambda day, moment: {"all": _rates(valid_from__gte=day), "new": _rates(created_at__gte=moment)})

    found = rates.rows(date(2026, 1, 3), begun)

    assert {name: len(rows) for name, rows in found.items()} == {"all": 1, "new": 2}


def _rates(**narrowed):
    return ExchangeRate.objects.filter(**narrowed).order_by().values("pk")


def test_a_question_that_loses_a_mark_is_refused(owner):
    with pytest.raises(ValueError, match="Each mark stands in"):
        Together(lambda organization_id: {"all": Contact.objects.values("pk")}).rows(owner.organization_id)
