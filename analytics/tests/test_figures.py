"""Figures as a reader reads them."""

import pytest
from django.utils import translation

from analytics.templatetags import figures


@pytest.mark.parametrize(
    ("language", "currency", "text"),
    [("en", "EUR", "€1,234"), ("en", "CHF", "CHF\xa01,234"), ("ru", "CHF", "1\xa0234\xa0CHF")],
)
def test_round_money_keeps_letters_apart_from_figures(language, currency, text):
    with translation.override(language):
        assert f">{text}</data>" in figures.round_money("1234.00", currency)


@pytest.mark.parametrize(("currency", "text"), [("EUR", "€1M"), ("CHF", "CHF\xa01M")])
def test_short_money_keeps_letters_apart_too(currency, text):
    assert f">{text}</data>" in figures.short_money("1234000.00", currency)
