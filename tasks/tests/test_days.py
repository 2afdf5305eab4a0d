"""Days as people say them."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone, translation

from tasks.days import due, near, past, snoozes, whole

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-23", "Today"),
        ("2026-11-24", "Tomorrow"),
        ("2026-11-25", "Wed 25"),
        ("2026-11-29", "Sun 29"),
        ("2026-11-30", "Mon 30 Nov"),
        ("2026-12-04", "Fri 4 Dec"),
        ("2027-01-04", "4 Jan 2027"),
        ("2026-11-22", "Yesterday"),
        ("2026-11-20", "3 days late"),
        ("2025-11-23", "365 days late"),
    ],
)
def test_day_in_near_words(day, words):
    assert near(date.fromisoformat(day), MONDAY) == words


@pytest.mark.parametrize(
    ("day", "words"), [("2026-11-25", "Ср 25"), ("2026-12-04", "Пт 4 дек."), ("2027-01-04", "4 янв. 2027")]
)
def test_day_in_russian(day, words):
    with translation.override("ru"):
        assert near(date.fromisoformat(day), MONDAY) == words


def test_last_days_of_a_year_see_the_next_one():
    assert [near(date(2027, 1, day), date(2026, 12, 30)) for day in (1, 4)] == ["1 Jan 2027", "4 Jan 2027"]


def test_day_with_its_month():
    assert (due(date(2026, 11, 27), MONDAY), due(date(2027, 1, 4), MONDAY)) == ("Fri 27 Nov", "4 Jan 2027")


def test_whole_day():
    assert (whole(MONDAY, MONDAY), whole(date(2027, 1, 4), MONDAY)) == ("Monday 23 November", "Monday 4 January 2027")
    with translation.override("ru"):
        assert whole(MONDAY, MONDAY) == "Понедельник 23 ноября"


@pytest.mark.parametrize(
    ("today", "choices"),
    [
        ("2026-11-25", [("Tomorrow", 26), ("Next Monday", 30), ("In a week", 2)]),
        ("2026-11-23", [("Tomorrow", 24), ("Next Monday", 30)]),
        ("2026-11-29", [("Tomorrow", 30), ("In a week", 6)]),
    ],
)
def test_task_sleeps_until_a_day_that_is_offered_once(today, choices):
    assert [(name, day.day) for name, day in snoozes(date.fromisoformat(today))] == choices


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T11:20", "Today, 20:20"),
        ("2026-11-22T15:00", "Today, 00:00"),
        ("2026-11-22T14:59", "Yesterday, 23:59"),
        ("2026-11-20T01:00", "Fri 20 Nov, 10:00"),
        ("2025-11-20T01:00", "20 Nov 2025, 10:00"),
    ],
)
def test_moment_by_the_readers_clock(moment, words):
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False), timezone.override("Asia/Tokyo"):
        assert past(datetime.fromisoformat(moment).replace(tzinfo=UTC)) == words
