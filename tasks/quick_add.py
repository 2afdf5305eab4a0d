"""What somebody means who writes a task in one line: its title, and the day at the end of the line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

WEEKDAYS = [  # as people write them, from Monday on
    "monday|mon|понедельник[ауе]?|пн",
    "tuesday|tues|tue|вторник[ауе]?|вт",
    "wednesday|wed|сред[аыеу]|ср",
    "thursday|thurs|thur|thu|четверг[ауе]?|чт",
    "friday|fri|пятниц[аыеу]|пт",
    "saturday|sat|суббот[аыеу]|сб",
    "sunday|sun|воскресень[еяю]|вс",
]
MONTHS = [
    "january|jan|январ[ья]|янв",
    "february|feb|феврал[ья]|фев",
    "march|mar|марта?|мар",
    "april|apr|апрел[ья]|апр",
    "may|ма[йя]",
    "june|jun|июн[ья]|июн",
    "july|jul|июл[ья]|июл",
    "august|aug|августа?|авг",
    "september|sept|sep|сентябр[ья]|сен",
    "october|oct|октябр[ья]|окт",
    "november|nov|ноябр[ья]|ноя",
    "december|dec|декабр[ья]|дек",
]
ANY_WEEKDAY, ANY_MONTH = "|".join(WEEKDAYS), "|".join(MONTHS)
UNITS = {"day": "days?|день|дня|дней", "week": "weeks?|неделю|недели|недель", "month": "months?|месяца?|месяцев"}
BEFORE = re.compile(r"(?:on|by|due|until|till|for|в|во|к|ко|до|на) ")
ARTICLES = {"a", "an", "the"}  # what follows them is a thing, not a day: "for the sun"
LONGEST = 5  # words that name a day: "on day after tomorrow"
Day = Callable[[re.Match[str], date], date]


def understand(text: str, today: date) -> tuple[str, date | None]:
    """The title that this line gives a task, and the day that it ends with; a line that is a day alone is a title."""
    words = text.split()
    for length in range(min(LONGEST, len(words) - 1), 0, -1):
        title, ending = words[:-length], " ".join(words[-length:])
        day = day_named(ending, today)
        if day and title[-1].casefold() not in ARTICLES:
            return " ".join(title).rstrip(" ,;:–—-") or text.strip(), day
    return " ".join(words), None


def day_named(words: str, today: date) -> date | None:
    """The day that these words name, with or without "on" before them; None when they name none."""
    words = words.casefold().replace("ё", "е").rstrip(".,;!")
    for candidate in (words, BEFORE.sub("", words, count=1) if BEFORE.match(words) else words):
        for pattern, meaning in MEANINGS:
            if match := pattern.fullmatch(candidate):
                return _within_calendar(meaning, match, today)
    return None


def _within_calendar(meaning: Day, match: re.Match[str], today: date) -> date | None:
    try:
        return meaning(match, today)
    except (ValueError, OverflowError):  # the 31st of February, the year 10000
        return None


def _after(days: int) -> Day:
    return lambda match, today: today + timedelta(days)


def _place(word: str, names: list[str]) -> int:
    return next(place for place, name in enumerate(names) if re.fullmatch(name, word))


def _weekday(match: re.Match[str], today: date) -> date:
    """The next such day; today's name means the one in a week."""
    return today + timedelta((_place(match["day"], WEEKDAYS) - today.weekday() - 1) % 7 + 1)


def _weekday_of_next_week(match: re.Match[str], today: date) -> date:
    return _next_week(match, today) + timedelta(_place(match["day"], WEEKDAYS))


def _next_week(match: re.Match[str], today: date) -> date:
    """Its Monday."""
    return today + timedelta(7 - today.weekday())


def _in_time(match: re.Match[str], today: date) -> date:
    count = int(match["count"] or 1) if (match["count"] or "").isdigit() else 1
    unit = next(unit for unit, names in UNITS.items() if re.fullmatch(names, match["unit"]))
    if unit == "month":
        return months_later(today, count)
    return today + timedelta(count * (7 if unit == "week" else 1))


def months_later(day: date, count: int) -> date:
    """The same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + count, 12)
    first = day.replace(year=day.year + years, month=month + 1, day=1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return first.replace(day=min(day.day, last.day))


def _written(match: re.Match[str], today: date) -> date:
    return date(int(match["year"]), int(match["month"]), int(match["day"]))


def _month_and_day(match: re.Match[str], today: date) -> date:
    """Without a year, the next such day."""
    month, day = _place(match["month"], MONTHS) + 1, int(match["day"])
    if match["year"]:
        return date(int(match["year"]), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


YEAR = r"(?:,? (?P<year>[0-9]{4})(?: г(?:ода)?)?)?"
UNIT = "|".join(UNITS.values())
MEANINGS: list[tuple[re.Pattern[str], Day]] = [
    (re.compile(pattern), meaning)
    for pattern, meaning in [
        ("today|сегодня", _after(0)),
        ("tomorrow|tmrw?|завтра", _after(1)),
        ("(?:the )?day after tomorrow|послезавтра", _after(2)),
        ("next week|следующей неделе|следующую неделю|след\\.? неделе", _next_week),
        (f"(?:this )?(?P<day>{ANY_WEEKDAY})\\.?", _weekday),
        (f"(?:next|следующ(?:ий|ую|ее|ей|его)) (?P<day>{ANY_WEEKDAY})", _weekday_of_next_week),
        (f"(?:in|через) (?:(?P<count>[0-9]{{1,3}}|an?|one) )?(?P<unit>{UNIT})", _in_time),
        ("(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})", _written),
        ("(?P<day>[0-9]{1,2})\\.(?P<month>[0-9]{1,2})\\.(?P<year>[0-9]{4})", _written),
        (f"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<month>{ANY_MONTH})\\.?{YEAR}", _month_and_day),
        (f"(?P<month>{ANY_MONTH})\\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{YEAR}", _month_and_day),
    ]
]
