"""The currencies that are legal tender today, from the Unicode CLDR by Babel."""

from babel.core import get_global
from babel.numbers import get_territory_currencies

CURRENCIES = frozenset(
    currency for territory in get_global("territory_currencies") for currency in get_territory_currencies(territory)
)
