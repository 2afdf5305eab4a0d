"""Money of several currencies: added up per currency, then converted, never added as if equal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from organizations.models import ExchangeRate, Organization
from organizations.tenancy.kept import standing_in

CENT = Decimal("0.01")
OF_A_RATE = Decimal(1).scaleb(-ExchangeRate._meta.get_field("rate").decimal_places)  # JSON of SQLite may have more
Figures = dict[str, Any]


class Converter:
    """Converts into the organization's base currency at its own rates of today, and remembers what has none."""

    def __init__(self, organization: Organization, rates: Iterable[Figures] | None = None):
        """`rates` are those of `rates_of`, where they are read already."""
        self.base = organization.base_currency
        self.rates = {self.base: Decimal(1)}
        rows = rates_of(*of_rates(organization)) if rates is None else rates
        for row in sorted(rows, key=itemgetter("valid_from")):
            self.rates[row["currency"]] = Decimal(row["rate"]).quantize(OF_A_RATE)
        self.unconverted: set[str] = set()

    def knows(self, currency: str) -> bool:
        if currency not in self.rates:
            self.unconverted.add(currency)
        return currency in self.rates

    def __call__(self, amount: Decimal, currency: str) -> Decimal:
        return amount * self.rates[currency] if self.knows(currency) else Decimal(0)


def of_rates(organization: Organization) -> tuple[int, str, date]:
    """What `rates_of` asks for."""
    return organization.pk, organization.base_currency, organization.today()


def rates_of(organization_id: int, base: str, today: date) -> QuerySet[Any]:
    """All that were valid until today."""
    rates = ExchangeRate.objects.for_membership(standing_in(organization_id)).filter(valid_from__lte=today)
    return rates.exclude(currency=base).order_by().values("currency", "rate", "valid_from")


def rounded(amount: Decimal) -> str:
    return str(amount.quantize(CENT, ROUND_HALF_UP, Context(prec=60)))


def total(rows: Iterable[Figures], convert: Converter) -> Figures:
    """Of rows with a `currency`, a `count` and a `sum`: how many, how much, and both per currency.

    The amount is in the base currency; what has no rate is counted, but listed as `unconverted` instead of added.
    """
    by_currency: dict[str, Figures] = {}
    for row in rows:
        here = by_currency.setdefault(row["currency"], {"count": 0, "amount": Decimal(0)})
        here["count"] += row["count"]
        here["amount"] += row["sum"]
    amount = sum((convert(here["amount"], currency) for currency, here in by_currency.items()), Decimal(0))
    return {
        "count": sum(here["count"] for here in by_currency.values()),
        "amount": rounded(amount),
        "by_currency": {
            currency: {**here, "amount": rounded(here["amount"])} for currency, here in sorted(by_currency.items())
        },
        "unconverted": sorted(currency for currency in by_currency if not convert.knows(currency)),
    }
