"""How long a deal stands in its stage, measured by the patience of that stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

SLOW_FROM = 80  # percent of the days that the stage expects


@dataclass(frozen=True)
class Stay:
    days: int
    expected: int | None  # after so many days the deal is there too long; None: it may stay

    @property
    def share(self) -> int:
        """How much of the patience is spent, in percent."""
        return min(100, 100 * self.days // self.expected) if self.expected else 100

    @property
    def is_stuck(self) -> bool:
        return self.expected is not None and self.days > self.expected

    @property
    def is_slow(self) -> bool:
        return bool(self.expected) and not self.is_stuck and self.share >= SLOW_FROM


def stay_since(entered: datetime, expected: int | None, today: date, time_zone: str) -> Stay:
    """Until this day, as the calendar of this zone counts the days."""
    return Stay(max(0, (today - entered.astimezone(ZoneInfo(time_zone)).date()).days), expected)
