"""Many write at once: the totals are right, nobody waits for another's total, and nobody deadlocks."""

from threading import Event
from time import monotonic

import pytest
from django.db import connection, transaction

from deals import recount
from deals.actions import change_deals
from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory


@pytest.fixture
def stages(owner):
    return list(Stage.objects.for_membership(owner).order_by("position"))


def test_moves_in_opposite_directions_all_count(race, owner, stages):
    deals = [DealFactory(by=owner, stage=stages[number % 2], amount=1) for number in range(24)]

    def carry(mine):
        for turn in range(3):
            for deal in mine:
                deal.stage = stages[(deal.pk + turn) % 4]
                deal.save_by(None)

    race(*(lambda mine=deals[start::4]: carry(mine) for start in range(4)))

    assert recount.differences(connection) == []
    assert Deal.objects.for_membership(owner).count() == 24


def test_bulk_changes_that_cross_each_other_all_count(race, owner, admin, stages):
    deals = [DealFactory(by=owner, stage=stages[number % 4]) for number in range(40)]

    def carry(mine, there, back):
        with transaction.atomic():
            change_deals(mine, by=owner, stage=there)
            change_deals(mine, by=owner, stage=back)

    race(
        lambda: carry(deals[:20], stages[1], stages[2]),
        lambda: carry(deals[20:], stages[2], stages[1]),
    )

    assert recount.differences(connection) == []


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="on SQLite one writes at a time")
def test_who_holds_a_total_keeps_nobody_waiting(race, owner):
    one, other = DealFactory(by=owner), DealFactory(by=owner)
    written, answered = Event(), Event()

    def dawdle():
        with transaction.atomic():
            one.amount = 5
            one.save_by(owner)
            written.set()
            answered.wait(5)

    def change():
        written.wait(5)
        began = monotonic()
        other.amount = 7
        other.save_by(owner)
        answered.set()
        return monotonic() - began

    _, waited = race(dawdle, change)

    assert waited < 4
    assert recount.differences(connection) == []
