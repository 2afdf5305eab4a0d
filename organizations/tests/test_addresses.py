"""Where a form may send its reader on to."""

import pytest

from organizations.tenancy.addresses import local_path


@pytest.mark.parametrize("path", ["/", "/o/x/deals/?stage=a&page=2#deal-7", "/o/x/deals/?search=Сад 3"])
def test_path_of_our_own_is_gone_to(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "address",
    [
        "",
        "deals/",
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "///evil.example",
        "/x?\0token\0",
        "/x\n",
    ],
)
def test_nobody_is_led_away(address):
    assert local_path(address) == ""
