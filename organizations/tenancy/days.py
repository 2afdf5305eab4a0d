"""Where a day begins and ends, also where clocks change at midnight and an hour comes twice."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def first_moment(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)


def last_moment(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.max, zone).replace(fold=1)
