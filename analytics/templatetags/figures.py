"""Figures as people read them: in their language, with their unit, and compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)
from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

from analytics.periods import YEAR, Period
from organizations.templatetags.parts import icon, money, spaced

register = template.Library()


def locale() -> Locale:
    return Locale.parse(to_locale(get_language() or "en"))


# Numbers and days


@register.filter
def number(value: int) -> str:
    return format_html('<data class="tally" value="{}">{}</data>', value, format_decimal(value, locale=locale()))


@register.filter
def in_deals(count: int) -> str:
    return format_html(ngettext("{} deal", "{} deals", count), number(count))


@register.filter
def in_open_deals(count: int) -> str:
    return format_html(ngettext("{} open", "{} open", count), number(count))


@register.filter
def in_won(count: int) -> str:
    return format_html(ngettext("{} won", "{} won", count), number(count))


@register.filter
def in_lost(count: int) -> str:
    return format_html(ngettext("{} lost", "{} lost", count), number(count))


@register.filter
def in_play(count: int) -> str:
    return format_html(ngettext("{} still in play", "{} still in play", count), number(count))


@register.filter
def in_closed(count: int) -> str:
    return format_html(ngettext("{} closed", "{} closed", count), number(count))


@register.filter
def in_days(days: float) -> str:
    whole = round(days)
    return ngettext("%(size)s day", "%(size)s days", whole) % {"size": format_decimal(whole, locale=locale())}


@register.filter
def is_mixed(total: dict[str, Any], currency: str) -> bool:
    """Whether there is more in it than the base currency."""
    return set(total["by_currency"]) - {currency} != set()


@register.filter
def plain_money(amount: str, currency: str) -> str:
    here = locale()
    return spaced(format_currency(Decimal(amount), currency, locale=here), currency, here)


@register.filter
def round_money(amount: str, currency: str) -> str:
    """Without the hundredths; to the hundredth for who points at it."""
    here = locale()
    pattern = here.currency_formats["standard"].pattern.replace(".00", "")
    text = format_currency(Decimal(amount), currency, format=pattern, locale=here, currency_digits=False)
    words = '<data class="money" value="{}" title="{}">{}</data>'
    return format_html(words, amount, plain_money(amount, currency), spaced(text, currency, here))


@register.filter
def exact_money(amount: str, currency: str) -> str:
    return money(Decimal(amount), currency)


@register.filter
def short(amount: str) -> str:
    """As above a column: 262K."""
    return format_compact_decimal(round(Decimal(amount)), locale=locale(), fraction_digits=0)


@register.filter
def short_money(amount: str, currency: str) -> str:
    here = locale()
    text = format_compact_currency(round(Decimal(amount)), currency, locale=here, fraction_digits=0)
    return format_html('<data class="money" value="{}">{}</data>', amount, spaced(text, currency, here))


@register.filter
def percent(value: float | None) -> str:
    return "—" if value is None else format_percent(value / 100, "#,##0%", locale=locale())


@register.filter
def month(day: date, months: int) -> str:
    """Short; with its year where there are more months than a year has."""
    return format_date(day, "LLL" if months <= YEAR else "LLL yy", locale=locale())


@register.filter
def month_and_year(day: date) -> str:
    return format_date(day, "LLLL y", locale=locale())


@register.filter
def day(value: date) -> str:
    return format_date(value, "d MMM y", locale=locale())


@register.filter
def span(period: Period) -> str:
    """From when to when; a year that both share is said once."""
    if period.first == period.last:
        return day(period.last)
    pattern = "d MMM" if period.first.year == period.last.year else "d MMM y"
    first = format_date(period.first, pattern, locale=locale())
    return _("%(first)s to %(last)s") % {"first": first, "last": day(period.last)}


# Comparison


@register.simple_tag
def change(now: float | None, before: float | None, kind: str) -> str:
    """How much more or less than before: `share` in percent, else in `points`, `days` or just so many."""
    if now is None or before is None or (kind == "share" and not float(before)):
        return ""
    difference = float(now) - float(before)
    size = abs(round(difference * 100 / float(before) if kind == "share" else difference))
    if not size:
        return format_html('<span class="delta">{}</span>', _("the same"))
    is_more = difference > 0
    tone = "good" if is_more != (kind == "days") else "bad"
    direction = _("up") if is_more else _("down")
    arrow = icon("arrow-up" if is_more else "arrow-down")
    return format_html(
        '<span class="delta {}">{}<span class="visually-hidden">{} </span>{}</span>',
        tone,
        arrow,
        direction,
        _size(size, kind),
    )


def _size(size: int, kind: str) -> str:
    text = format_decimal(size, locale=locale())
    if kind == "share":
        return percent(size)
    if kind == "points":
        return ngettext("%(size)s point", "%(size)s points", size) % {"size": text}
    if kind == "days":
        return ngettext("%(size)s day", "%(size)s days", size) % {"size": text}
    return text
