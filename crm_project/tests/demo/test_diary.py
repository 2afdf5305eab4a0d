"""When a story happens: in office hours, in order, never after now; several stories together."""

from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from crm_project.demo.diary import Diary
from crm_project.demo.replay import replay
from organizations.tenancy import clock

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 30, 16, tzinfo=UTC)  # the day after the clocks went forward


def diary(now=MONDAY):
    return Diary(now, BERLIN, Random(1))


@pytest.mark.parametrize(("days", "day"), [(0, date(2026, 3, 30)), (-1, date(2026, 3, 27)), (-3, date(2026, 3, 27))])
def test_instead_of_the_weekend_it_takes_the_friday_before(days, day):
    assert diary().workday(days) == day


def test_moments_lie_in_office_hours_there():
    hours = {diary().moment(days_ago).astimezone(BERLIN).hour for days_ago in range(1, 60)}

    assert min(hours) >= 8
    assert max(hours) < 17


def test_moments_of_one_day_come_in_order():
    one = diary()
    moments = [one.moment(3) for _ in range(9)]

    assert moments == sorted(set(moments))


def test_no_moment_is_after_now():
    early = datetime(2026, 3, 30, 3, tzinfo=UTC)

    assert diary(now=early).moment(0) == early


def test_stories_take_turns_in_the_order_of_time():
    heard = []

    def story(name, *hours):
        for hour in hours:
            yield datetime(2026, 1, 5, hour, tzinfo=UTC)
            heard.append((clock.now().hour, name))

    replay([story("long", 8, 11, 12), story("short", 9, 10)])

    assert heard == [(8, "long"), (9, "short"), (10, "short"), (11, "long"), (12, "long")]
