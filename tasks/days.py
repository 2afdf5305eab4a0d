"""Days in the words of the reader: how near one is, and until when a task may sleep."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

NEAR, FAR, OTHER_YEAR, WHOLE = "EEE d", "EEE d MMM", "d MMM y", "EEEE d MMMM"


def near(day: date, today: date) -> str:
    """Today, Tomorrow, Tue 10, Tue 1 Dec, 4 Dec 2027; and how late it is after its day."""
    days = (day - today).days
    if days < -1:
        return ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days}
    named = {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}
    return named.get(days) or written(day, NEAR if days < 7 else FAR, today)


def written(day: date, pattern: str, today: date) -> str:
    """This day in the reader's language; with its year where it is another one."""
    if day.year != today.year:
        pattern = f"{WHOLE} y" if pattern == WHOLE else OTHER_YEAR
    return _spelled(day, pattern, get_language() or "en")


@lru_cache(maxsize=1000)
def _spelled(day: date, pattern: str, language: str) -> str:
    """A list names few days, and each of them often."""
    text = format_date(day, pattern, locale=to_locale(language))
    return text[:1].upper() + text[1:]


def whole(day: date, today: date) -> str:
    """Tuesday 1 December."""
    return written(day, WHOLE, today)


def due(day: date, today: date) -> str:
    """Tue 1 Dec: which day it is, however near."""
    return written(day, FAR, today)


def past(moment: datetime) -> str:
    """Today, 16:20; Fri 20 Nov, 10:00: by the reader's clock."""
    local, today = timezone.localtime(moment), timezone.localdate()
    day = local.date()
    words = near(day, today) if today - timedelta(1) <= day <= today else due(day, today)
    return f"{words}, {local:%H:%M}"


def snoozes(today: date) -> list[tuple[str, date]]:
    """Until when a task may sleep: each day once, under the first name that it has."""
    choices = [
        (_("Tomorrow"), today + timedelta(1)),
        (_("Next Monday"), today + timedelta(7 - today.weekday())),
        (_("In a week"), today + timedelta(7)),
    ]
    names: dict[date, str] = {}
    for name, day in choices:
        names.setdefault(day, name)
    return [(name, day) for day, name in names.items()]
