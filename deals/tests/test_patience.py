"""How long a deal may stand in its stage."""

from datetime import UTC, date, datetime

import pytest

from deals.patience import Stay
from deals.tests.factories import DealFactory


@pytest.mark.parametrize(
    ("days", "expected", "slow", "stuck", "share"),
    [
        (0, 14, False, False, 0),
        (11, 14, False, False, 78),
        (8, 10, True, False, 80),
        (14, 14, True, False, 100),
        (15, 14, False, True, 100),
        (1, 0, False, True, 100),
        (0, 0, False, False, 100),
        (3650, None, False, False, 100),
    ],
)
def test_patience(days, expected, slow, stuck, share):
    stay = Stay(days, expected)

    assert (stay.is_slow, stay.is_stuck, stay.share) == (slow, stuck, share)


@pytest.mark.parametrize(
    ("zone", "today", "days"),
    [("UTC", date(2026, 3, 3), 2), ("Asia/Tokyo", date(2026, 3, 3), 1), ("UTC", date(2026, 2, 1), 0)],
)
def test_days_are_those_of_the_calendar_where_the_organization_is(owner, zone, today, days):
    deal = DealFactory(by=owner, stage_entered_at=datetime(2026, 3, 1, 20, tzinfo=UTC))

    assert deal.stay(today, zone) == Stay(days, 14)


def test_nobody_waits_for_a_closed_deal(owner):
    deal = DealFactory(by=owner, status="lost")

    assert deal.stay(owner.organization.today(), "UTC") == Stay(0, None)
