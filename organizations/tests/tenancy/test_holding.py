"""A row that is read and locked at once, with its neighbors, is told as it is when the lock is given."""

from threading import Event

import pytest
from django.db import connection, transaction

from contacts.tests.factories import CompanyFactory
from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from organizations.tenancy.memory import OneRow, hold


def find(pk):
    return Deal.objects.filter(pk=pk).select_related("company", "stage")


@pytest.mark.django_db
def test_a_held_row_knows_what_is_stored(owner):
    deal = DealFactory(by=owner)

    with transaction.atomic():
        held = hold(OneRow(find, (deal.pk,)))
        held.title = "New"

    assert (held.held.title, held.loaded_neighbor("stage"), held.held.loaded_neighbor("stage")) == (
        deal.title,
        deal.stage,
        deal.stage,
    )


@pytest.mark.django_db
def test_a_saved_row_is_held_no_more(owner):
    deal = DealFactory(by=owner)

    saved = Deal.change_by(owner, OneRow(find, (deal.pk,)), lambda held: setattr(held, "title", "New"))

    assert (saved.held, saved.version, Deal.objects.get().title) == (None, 2, "New")


@pytest.mark.django_db
def test_a_row_that_is_not_there_is_not_held(owner):
    with pytest.raises(Deal.DoesNotExist), transaction.atomic():
        hold(OneRow(find, (1,)))


@pytest.mark.parametrize("neighbor", ["stage", "company"])
def test_a_row_that_gets_another_neighbor_meanwhile_is_held_with_it(owner, race, neighbor):
    deal = DealFactory(by=owner)
    new = Stage.objects.get(position=2) if neighbor == "stage" else CompanyFactory(by=owner)
    is_changed = Event()

    def change():
        with transaction.atomic():
            Deal.objects.filter(pk=deal.pk).update(**{neighbor: new})
            is_changed.set()
            if connection.vendor == "postgresql":
                wait_for_a_waiter()

    def read():
        is_changed.wait(10)
        with transaction.atomic():
            return getattr(hold(OneRow(find, (deal.pk,))), neighbor)

    assert race(change, read)[1] == new


def wait_for_a_waiter():
    """Until another connection waits for a row of ours."""
    with connection.cursor() as cursor:
        for _ in range(1000):
            cursor.execute(
                "SELECT pg_sleep(0.01), count(*) FROM pg_locks JOIN pg_database d ON d.datname = current_database()"
                " WHERE NOT granted AND locktype = 'transactionid'"
            )
            if cursor.fetchone()[1]:
                return
