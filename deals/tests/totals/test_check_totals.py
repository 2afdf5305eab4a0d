"""`manage.py check_totals` finds what is wrong, and mends it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from deals.tests.factories import DealFactory
from deals.tests.totals.plainly import counted, kept
from deals.totals import DayTotal, DealTotal, WayTotal
from organizations.row_totals import RowTotal


def check(**options):
    said, errors = StringIO(), StringIO()
    try:
        call_command("check_totals", stdout=said, stderr=errors, no_color=True, **options)
    except CommandError as error:
        return errors.getvalue().splitlines(), str(error)
    return errors.getvalue().splitlines(), said.getvalue().strip()


@pytest.fixture
def deal(owner):
    return DealFactory(by=owner, amount=5)


def test_right_totals_pass(deal):
    assert check() == ([], "The totals are right.")


def test_each_wrong_total_is_named(deal, owner):
    DealTotal.objects.update(count=F("count") + 2, low=0)
    DayTotal.objects.all().delete()
    WayTotal.objects.update(stages="99999")

    found, end = check()

    place, day = f"organization_id={owner.organization_id}", deal.created_at.date()
    assert found[:2] == [
        f"dealtotal {place} stage={deal.stage_id} status=new currency=EUR: count-2 high+0 low+500",
        f"daytotal {place} day={day} currency=EUR: count+1",
    ]
    assert sorted(found[2:]) == sorted(
        [f"waytotal {place} stages={deal.stage_id}: count+1", f"waytotal {place} stages=99999: count-1"]
    )
    assert end == "Differences: 4. Set them right with --mend."


def test_wrong_totals_of_rows_are_named(deal, owner):
    RowTotal.objects.filter(kind="contacts_contact").update(count=F("count") + 2)

    found, _ = check()

    assert found == [f"rowtotal organization_id={owner.organization_id} kind=contacts_contact: count-2"]


def test_wrong_totals_are_mended(deal):
    DealTotal.objects.update(count=7)
    WayTotal.objects.all().delete()
    RowTotal.objects.all().delete()

    assert check(mend=True)[1] == "Mended. Differences: 3."
    assert (kept() == counted(), check()) == (True, ([], "The totals are right."))


def test_parts_of_a_total_are_no_difference(deal, owner):
    """Who writes at the same time adds to another row of the same key."""
    DealTotal.objects.create(
        organization=owner.organization, stage=deal.stage_id, status="new", currency="EUR", count=3, high=0, low=9
    )
    DealTotal.objects.filter(count=1).update(count=-2, low=491)

    assert check() == ([], "The totals are right.")
