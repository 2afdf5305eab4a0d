"""Periods by name, and what each is compared with."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from analytics.periods import Named, Period, between, months_later


def days(period):
    return str(period.first), str(period.last)


@pytest.mark.parametrize(
    ("name", "today", "here", "before"),
    [
        ("month", "2026-11-23", ("2026-11-01", "2026-11-23"), ("2026-10-01", "2026-10-23")),
        ("month", "2026-03-30", ("2026-03-01", "2026-03-30"), ("2026-02-01", "2026-02-28")),
        ("month", "2026-03-01", ("2026-03-01", "2026-03-01"), ("2026-02-01", "2026-02-01")),
        ("last-month", "2026-03-01", ("2026-02-01", "2026-02-28"), ("2026-01-01", "2026-01-31")),
        ("last-month", "2026-01-31", ("2025-12-01", "2025-12-31"), ("2025-11-01", "2025-11-30")),
        ("quarter", "2026-11-23", ("2026-10-01", "2026-11-23"), ("2026-07-01", "2026-08-23")),
        ("quarter", "2026-01-01", ("2026-01-01", "2026-01-01"), ("2025-10-01", "2025-10-01")),
        ("quarter", "2026-12-31", ("2026-10-01", "2026-12-31"), ("2026-07-01", "2026-09-30")),
        ("year", "2024-02-29", ("2024-01-01", "2024-02-29"), ("2023-01-01", "2023-02-28")),
        ("30-days", "2026-01-30", ("2026-01-01", "2026-01-30"), ("2025-12-02", "2025-12-31")),
        ("90-days", "2026-11-23", ("2026-08-26", "2026-11-23"), ("2026-05-28", "2026-08-25")),
        ("365-days", "2026-11-23", ("2025-11-24", "2026-11-23"), ("2024-11-24", "2025-11-23")),
    ],
)
def test_a_name_is_a_period_and_the_one_before(name, today, here, before):
    period = Named(name).until(date.fromisoformat(today))

    assert (days(period), days(period.before)) == (here, before)


def test_days_of_ones_own_are_compared_with_as_many_just_before():
    assert days(between(date(2026, 3, 1), date(2026, 3, 10)).before) == ("2026-02-19", "2026-02-28")


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2026-03-02", "2026-03-01", "days_reversed"),
        ("2016-03-01", "2026-03-09", "too_many_days"),
        ("0001-01-01", "0001-01-02", "days_out_of_reach"),
        ("9999-01-01", "9999-12-31", "days_out_of_reach"),
    ],
)
def test_days_that_make_no_report(first, last, code):
    with pytest.raises(ValidationError) as refusal:
        between(date.fromisoformat(first), date.fromisoformat(last))

    assert [error.code for errors in refusal.value.error_dict.values() for error in errors] == [code]


def test_the_most_days_are_3660():
    assert between(date(2016, 3, 1), date(2026, 3, 8)).days == 3660


@pytest.mark.parametrize(
    ("day", "months", "other"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-02-28", -1, "2026-01-31"),
        ("2026-01-30", 1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -13, "2024-12-15"),
    ],
)
def test_the_same_day_of_another_month(day, months, other):
    assert str(months_later(date.fromisoformat(day), months)) == other


def test_months_are_whole():
    months = Period(date(2025, 12, 31), date(2026, 2, 1)).months()

    assert [days(month) for month in months] == [
        ("2025-12-01", "2025-12-31"),
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-28"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "year"),
    [
        ("2026-11-05", "2026-11-23", ("2025-12-01", "2026-11-30")),
        ("2025-12-31", "2026-11-01", ("2025-12-01", "2026-11-30")),
        ("2024-05-05", "2026-11-23", ("2024-05-01", "2026-11-30")),
    ],
)
def test_a_year_of_months_or_all_of_the_period(first, last, year):
    assert days(Period(date.fromisoformat(first), date.fromisoformat(last)).year_to()) == year
