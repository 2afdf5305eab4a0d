"""Who sent a request: proxies that we trust are believed, and nobody else."""

import pytest
from allauth.account.adapter import get_adapter
from django.test import RequestFactory

from organizations import whence


def request(remote="10.0.0.1", forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.1"),
        (0, "6.6.6.6", "10.0.0.1"),
        (1, "7.7.7.7", "7.7.7.7"),
        (1, "6.6.6.6, 7.7.7.7", "7.7.7.7"),
        (2, "6.6.6.6, 7.7.7.7, 8.8.8.8", "7.7.7.7"),
        (2, "7.7.7.7", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "7.7.7.7:4711", "7.7.7.7"),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, "2001:DB8:0::7", "2001:db8::7"),
        (1, "::ffff:7.7.7.7", "7.7.7.7"),
        (1, "fe80::7%eth0", "fe80::7"),
    ],
)
def test_address_is_what_the_outermost_trusted_proxy_saw(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies

    assert whence.address(request(forwarded=forwarded)) == address


def test_a_socket_of_this_machine_has_no_address():
    assert whence.address(request(remote="")) is None


def test_allauth_counts_the_same_address(settings):
    settings.TRUSTED_PROXIES = 1

    assert get_adapter().get_client_ip(request(forwarded="7.7.7.7")) == "7.7.7.7"
    assert get_adapter().get_client_ip(request(remote="")) == "unknown"


@pytest.mark.parametrize(
    ("remote", "together"),
    [("10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("", "unknown")],
)
def test_addresses_of_one_home_are_counted_together(remote, together):
    assert whence.neighborhood(request(remote=remote)) == together


def test_browser_is_kept_short_and_printable():
    sent = RequestFactory().get("/", headers={"User-Agent": "Firefox\x1b[31m" + "x" * 400})

    assert whence.browser(sent) == ("Firefox[31m" + "x" * 400)[:300]
