"""The smallest parts of a page: icons, avatars, money, the glyph of a stage, the way back from what was done."""

import copy
from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale
from babel.numbers import get_currency_symbol
from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import get_language, to_locale

from organizations import user_agents
from organizations.tenancy import toasts

register = template.Library()
register.filter(toasts.way_back)
register.filter("browser_name", user_agents.named)

TONES = 8


@register.simple_tag
def icon(name: str, classes: str = "") -> str:
    """A drawing from the sprite; what it means stands beside it in words."""
    return _drawing(name, classes)


@cache
def _drawing(name: str, classes: str) -> str:
    """Hundreds of them are on a page, a few dozen in all."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("icons.svg"), name
    )


@register.simple_tag
def avatar(who: Any, classes: str = "") -> str:
    """The initials of a user, a contact or a company, in a color of their own."""
    return format_html(
        '<span class="avatar {}" data-tone="{}" aria-hidden="true">{}</span>',
        classes,
        who.pk % TONES + 1,
        initials(who),
    )


@register.filter
def initials(name: Any) -> str:
    """The first letters of the first and the last word that begin with one."""
    letters = [word[0].upper() for word in str(name).split() if word[0].isalnum()]
    return "".join(letters[:1] + letters[1:][-1:]) or "?"


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """An amount as people of the reader's language write it; whole ones without cents."""
    has_cents = amount != int(amount)
    locale, pattern = _spelling(get_language() or "en", has_cents=has_cents)
    text = pattern.apply(amount, locale, currency=currency, currency_digits=has_cents)
    return format_html('<data class="money" value="{}">{}</data>', amount, spaced(text, currency, locale))


@cache
def _spelling(language: str, *, has_cents: bool) -> tuple[Locale, Any]:
    locale = Locale.parse(to_locale(language))
    pattern = copy.copy(locale.currency_formats["standard"])
    if not has_cents:
        pattern.frac_prec = (0, 0)
    return locale, pattern


def spaced(text: str, currency: str, locale: Locale) -> str:
    """Letters of a currency need a space before the figure, which Babel leaves out."""
    symbol = get_currency_symbol(currency, locale)
    if not symbol.isalpha():
        return text
    gap = "\N{NO-BREAK SPACE}"
    return text.replace(symbol, f"{symbol}{gap}", 1).replace(f"{gap}{gap}", gap).strip()
