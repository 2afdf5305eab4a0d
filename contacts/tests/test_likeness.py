"""What counts as the same name, phone or address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.likeness import digits, domain_key, key, phone_key, sought_digits


@pytest.mark.parametrize("phone", ["+49 170 123 45 67", "0170/1234567", "0049 (0)170-1234567", "٠١٧٠ ١٢٣٤٥٦٧"])
def test_phone_in_any_format_has_one_key(phone):
    assert phone_key(phone) == "701234567"


@pytest.mark.parametrize(
    ("phone", "compared"),
    [("", ""), ("ext. 12345", ""), ("123-456", "123456"), ("12 34 56 78", "12345678"), ("¹²³456", "")],
)
def test_short_phone_is_compared_whole_or_not_at_all(phone, compared):
    assert phone_key(phone) == compared


@pytest.mark.parametrize(
    "domain",
    ["alster.example", "https://www.Alster.example/contact?a=http://b", "WWW.alster.example:8080", "alster.example."],
)
def test_domain_is_compared_without_what_browsers_put_around_it(domain):
    assert domain_key(domain) == "alster.example"


def test_name_is_compared_by_its_letters():
    assert key(" José\n  GARCÍA ") == key("jose garcia") == "jose garcia"


@given(st.text())
def test_keys_fit_an_index(text):
    assert max(len(made(text).encode()) for made in (key, domain_key, phone_key)) <= 800


@pytest.mark.parametrize(
    ("words", "sought"),
    [
        ("+49 170 12", "17012"),
        ("0049 170 12", "17012"),
        ("0170-12", "17012"),
        ("170 12", "17012"),
        ("+7 (701) 555", "701555"),
        ("8 701 555 11 22", "7015551122"),
        ("+380 44 12", "4412"),
        ("+49 1", "491"),
        ("007", "007"),
        ("000", "000"),
        ("12", ""),
        ("Anna 170 12", ""),
        ("12%", ""),
        ("", ""),
    ],
)
def test_phone_is_sought_without_what_depends_on_the_caller(words, sought):
    assert sought_digits(words) == sought


@given(st.text(st.sampled_from("0123456789+() -/")))
def test_sought_digits_are_some_of_those_written(words):
    assert sought_digits(words) in digits(words)
