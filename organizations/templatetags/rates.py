"""How an exchange rate is written."""

from decimal import Decimal

from babel.numbers import format_decimal, get_currency_name
from django import template
from django.utils.translation import get_language, to_locale

register = template.Library()


@register.filter
def exact(rate: Decimal) -> str:
    """All digits of a rate and no zeros behind them, as people of the reader's language write it."""
    return format_decimal(rate, format="#,##0.########", locale=to_locale(get_language() or "en"))


@register.filter
def currency_name(code: str) -> str:
    return get_currency_name(code, locale=to_locale(get_language() or "en"))
