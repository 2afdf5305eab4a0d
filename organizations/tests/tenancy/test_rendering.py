"""The bytes of an answer."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.functional import lazystr

from organizations.roles import Role
from organizations.tenancy.rendering import Renderer, written


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (None, b"null"),
        ({"a": 1, "b": [True, None]}, b'{"a":1,"b":[true,null]}'),
        ("Ö я\u2028", '"Ö я\u2028"'.encode()),
        (Decimal("10.00"), b'"10.00"'),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), b'"2026-01-02T03:04:05Z"'),
        (datetime(2026, 1, 2, 3, 4, 5, 60, tzinfo=UTC), b'"2026-01-02T03:04:05.000060Z"'),
        (date(2026, 1, 2), b'"2026-01-02"'),
        ({Role.OWNER: Role.ADMIN}, b'{"owner":"admin"}'),
        (lazystr("Write a date."), b'"Write a date."'),
        (2**63, b"9223372036854775808"),
    ],
)
def test_each_value_has_one_form(shown, expected):
    assert written(shown) == expected


def test_what_has_no_form_is_an_error():
    with pytest.raises(TypeError):
        written(object())


def test_no_body_is_no_null():
    assert Renderer().render(None) == b""
