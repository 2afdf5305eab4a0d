"""Finds the hours of the working week at which a story happens."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

FRIDAY = 4
BREATH = timedelta(minutes=25)


class Diary:
    """Gives the events of one deal their moments: in office hours, one after the other, none after now."""

    def __init__(self, now: datetime, zone: ZoneInfo, random: Random):
        self.now, self.zone, self.random = now, zone, random
        self.last = datetime.min.replace(tzinfo=UTC)

    def moment(self, days_ago: int) -> datetime:
        """The next moment, on that day or the Friday before it, but never before the moment given out last."""
        opening = datetime.combine(self.workday(-days_ago), time(8), self.zone).astimezone(UTC)
        wanted = opening + timedelta(minutes=self.random.randrange(9 * 60))
        self.last = min(max(wanted, self.last + BREATH), self.now)
        return self.last

    def workday(self, days: int) -> date:
        """So many days from today; instead of the weekend, the Friday before it."""
        day = self.today() + timedelta(days=days)
        return day - timedelta(days=max(0, day.weekday() - FRIDAY))

    def today(self) -> date:
        return self.now.astimezone(self.zone).date()
