"""The small parts of pages."""

from decimal import Decimal

import pytest
from django.utils import translation

from organizations.models import User
from organizations.templatetags.parts import avatar, icon, initials, money


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna Karg", "AK"),
        ("Marie de la Tour", "MT"),
        ("Kessler & Söhne", "KS"),
        ("ТОО «Северный ветер» Логистик", "ТЛ"),
        ("cher", "C"),
        ("“—”", "?"),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_avatar_keeps_its_color():
    expected = '<span class="avatar large" data-tone="2" aria-hidden="true">AK</span>'

    assert avatar(User(pk=9, name="Anna Karg"), "large") == expected


def test_icon_comes_from_the_sprite():
    assert icon("plus") == '<svg class="icon " aria-hidden="true"><use href="/static/icons.svg#plus"/></svg>'


def test_name_cannot_bring_markup():
    assert avatar(User(pk=1, name="<b x")) == '<span class="avatar " data-tone="2" aria-hidden="true">X</span>'


@pytest.mark.parametrize(
    ("language", "currency", "text"),
    [
        ("en", "EUR", "€86,400.50"),
        ("en", "KZT", "KZT\xa086,400.50"),
        ("ru", "EUR", "86\xa0400,50\xa0€"),
        ("ru", "CHF", "86\xa0400,50\xa0CHF"),
    ],
)
def test_money_is_written_as_the_reader_writes_it(language, currency, text):
    with translation.override(language):
        assert money(Decimal("86400.50"), currency) == f'<data class="money" value="86400.50">{text}</data>'


@pytest.mark.parametrize(("language", "text"), [("en", "€86,400"), ("ru", "86\xa0400\xa0€")])
def test_whole_money_is_written_without_cents(language, text):
    with translation.override(language):
        assert money(Decimal("86400.00"), "EUR") == f'<data class="money" value="86400.00">{text}</data>'
