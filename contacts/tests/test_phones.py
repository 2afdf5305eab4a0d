"""A phone in an address, for a dialer."""

import pytest

from contacts.templatetags.phones import dialed


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("+49 170 1234567", "+491701234567"),
        ("(030) 12-34/56", "030123456"),
        ("+7 727 250-11-22 доб. 14", "+77272501122"),
        ("ext. 5", ""),
        ("", ""),
    ],
)
def test_phone_is_dialed_without_its_signs(phone, number):
    assert dialed(phone) == number
