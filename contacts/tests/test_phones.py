"""A phone in an address, for a dialer."""

import pytest

from contacts.templatetags.phones import dialed


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("+49 170 1234567", "+491701234567"),
        ("(030) 12-34.56", "030123456"),
        ("+7 727 250-11-22 доб. 14", "+77272501122"),
        ("Tel. 030 123456, mobile +49 170 1", "030123456"),
        ("тел. +7 495 1", "+74951"),
        ("(+49) 30 1234", "+49301234"),
        ("+49 (0)170 1", "+491701"),
        ("030 12 / 030 13", "03012"),
        ("ask Anna", ""),
        ("", ""),
    ],
)
def test_phone_is_dialed_without_its_signs(phone, number):
    assert dialed(phone) == number
