"""The days that a report is about, and the days that it is compared with."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.tenancy.days import first_moment, last_moment

EARLIEST, LATEST = date(1980, 1, 1), date(2199, 12, 31)
MOST_DAYS = 3660
YEAR = 12  # months


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; it is compared `step` months back, or with the days just before."""

    first: date
    last: date
    step: int = 0

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """The same days of the month, quarter or year before, or as many days just before."""
        if self.step:
            return Period(months_later(self.first, -self.step), months_later(self.last, -self.step), self.step)
        return Period(self.first - timedelta(self.days), self.first - timedelta(1))

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        return first_moment(self.first, zone), last_moment(self.last, zone)

    def months(self) -> list[Period]:
        """The months that these days are of, whole."""
        months = [month_of(self.first)]
        while months[-1].last < self.last:
            months.append(month_of(months[-1].last + timedelta(1)))
        return months

    def year_to(self) -> Period:
        """The whole months of these days, and as many before as make a year."""
        end = month_of(self.last)
        return Period(min(month_of(self.first).first, months_later(end.first, 1 - YEAR)), end.last)


def months_later(day: date, months: int) -> date:
    """The same day of another month; its last one for a last one, and where it has no such day."""
    year, month = divmod(day.year * YEAR + day.month - 1 + months, YEAR)
    length = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if is_last else min(day.day, length))


def month_of(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, months_later(first, 1) - timedelta(1))


def between(first: date, last: date) -> Period:
    """Days that somebody chose, if a report can be made of them."""
    if first > last:
        raise ValidationError({"to": ValidationError(_("The last day is before the first one."), "days_reversed")})
    if first < EARLIEST or last > LATEST:
        sentence = _("Choose days from %(first)s to %(last)s.") % {"first": EARLIEST.year, "last": LATEST.year}
        raise ValidationError({"from": ValidationError(sentence, "days_out_of_reach")})
    if Period(first, last).days > MOST_DAYS:
        sentence = _("Choose at most %(days)d days.") % {"days": MOST_DAYS}
        raise ValidationError({"from": ValidationError(sentence, "too_many_days")})
    return Period(first, last)


class Named(TextChoices):
    MONTH = "month", gettext_lazy("This month")
    LAST_MONTH = "last-month", gettext_lazy("Last month")
    QUARTER = "quarter", gettext_lazy("This quarter")
    YEAR = "year", gettext_lazy("This year")
    DAYS_30 = "30-days", gettext_lazy("30 days")
    DAYS_90 = "90-days", gettext_lazy("90 days")
    DAYS_365 = "365-days", gettext_lazy("365 days")

    def until(self, today: date) -> Period:
        """The period of this name that ends today; the last month ended before."""
        month = today.replace(day=1)
        if self == Named.MONTH:
            return Period(month, today, step=1)
        if self == Named.LAST_MONTH:
            return Period(months_later(month, -1), month - timedelta(1), step=1)
        if self == Named.QUARTER:
            return Period(months_later(month, -((month.month - 1) % 3)), today, step=3)
        if self == Named.YEAR:
            return Period(month.replace(month=1), today, step=YEAR)
        return Period(today - timedelta(int(self.split("-")[0]) - 1), today)
