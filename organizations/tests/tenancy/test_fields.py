"""Text, currencies, ids and the clock."""

import unicodedata
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from organizations.tenancy import clock
from organizations.tenancy.currencies import CURRENCIES
from organizations.tenancy.fields import CurrencyField, LongText, TextLine, fold, tidy
from organizations.tenancy.ids import parse_id

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
CONTROL = [chr(code) for code in (*range(9), 0x0B, 0x0C, 0x0D, 0x0E, 0x1F, 0x7F, 0x80, 0x9F, 0xD800, 0xDFFF)]


def tidied(text):
    try:
        return tidy(text)
    except ValidationError:
        return None


@given(ANY_TEXT)
@example("\r\r\n")
@example(" ̈a")
@example("\n\x1f")
def test_tidy_text_is_tidy(text):
    once = tidied(text)

    assert once is None or tidied(once) == once


@given(ANY_TEXT)
def test_tidy_text_has_no_control_characters_and_no_margins(text):
    once = tidied(text) or ""

    assert {c for c in once if unicodedata.category(c) in ("Cc", "Cs")} <= {"\n", "\t"}
    assert once == once.strip() == unicodedata.normalize("NFC", once)


@given(ANY_TEXT)
def test_only_control_characters_are_refused(text):
    without = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))

    assert tidy(without) == unicodedata.normalize("NFC", without).strip()


@pytest.mark.parametrize("character", CONTROL, ids=ascii)
def test_control_characters_are_refused(character):
    with pytest.raises(ValidationError) as refusal:
        tidy(f"a{character}b")

    assert (refusal.value.code, refusal.value.messages) == (
        "control_characters",
        ["Remove the control characters from this text."],
    )


def test_lines_and_tabs_stay():
    assert tidy(" a\r\nb\n\tc ") == "a\nb\n\tc"


def test_letters_of_two_parts_become_one():
    assert tidy("Mu\u0308ller") == "M\u00fcller"


@pytest.mark.parametrize("field", [TextLine(max_length=3), LongText(max_length=3)], ids=["TextLine", "LongText"])
def test_length_counts_after_tidying(field):
    assert field.clean("  abc  ", None) == "abc"
    with pytest.raises(ValidationError, match="at most 3 characters"):
        field.clean("abcd", None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("ИВАНОВ", "иванов"),
        ("Ａcme", "acme"),
        ("ﬁnance", "FINANCE"),
        ("Mu\u0308ller", "MÜLLER"),
        ("José Łuczak", "jose łuczak"),
        ("Ёлкин", "елкин"),
    ],
)
def test_search_does_not_tell_these_apart(one, other):
    assert fold(one) == fold(other)


def test_search_tells_words_apart():
    assert fold("Анна") != fold("Алла")


@pytest.mark.parametrize("currency", ["EUR", "USD", "RUB", "JPY", "CHF", "KZT"])
def test_money_of_today_is_a_currency(currency):
    assert CurrencyField().clean(currency, None) == currency


@pytest.mark.parametrize("currency", ["XXX", "DEM", "eur", "EURO", "€", "XAU"])
def test_anything_else_is_no_currency(currency):
    with pytest.raises(ValidationError):
        CurrencyField().clean(currency, None)


def test_currencies_are_codes_of_three_letters():
    assert {(len(code), code.isascii(), code.isupper()) for code in CURRENCIES} == {(3, True, True)}


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("42", 42), ("9223372036854775807", 2**63 - 1)])
def test_an_id(text, number):
    assert parse_id(text) == number


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "+1", "01", "1.0", " 1", "1\n", "١", "１", "1e3", "abc", "9223372036854775808", "9" * 5000]
)
def test_no_id(text):
    assert parse_id(text) is None


def test_the_clock_goes():
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 1


def test_the_past_is_replayed_until_the_end_of_the_block():
    then, earlier = datetime(2020, 1, 2, tzinfo=UTC), datetime(2019, 1, 2, tzinfo=UTC)

    with clock.at(then):
        with clock.at(earlier):
            assert clock.now() == earlier
        assert clock.now() == then
    assert clock.now() > then


def test_a_failed_replay_ends_too():
    with pytest.raises(ZeroDivisionError), clock.at(datetime(2020, 1, 2, tzinfo=UTC)):
        raise ZeroDivisionError

    assert clock.now().year > 2020
