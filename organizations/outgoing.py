"""Requests to addresses that people name: they reach the internet, and nothing that is only inside of our network.

The name is resolved once, every address of it must be public, and the connection goes to that very address: a name that
answers differently the second time is never asked a second time. Redirects are not followed, time and size have limits.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS = 10  # for all of it
MOST_BYTES = 65_536  # of an answer; the rest is left unread
PORTS = {"http": 80, "https": 443}
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
INSIDE = [
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),  # here, private
        *("100.64.0.0/10", "169.254.0.0/16", "192.0.0.0/24", "192.88.99.0/24"),  # carriers, links, protocols, relays
        *("192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),  # examples, measurements
        *("224.0.0.0/4", "240.0.0.0/4"),  # many at once, reserved
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),  # IPv4 in IPv6, examples
    )
]
PUBLIC_IPV6 = ipaddress.ip_network("2000::/3")  # beside it there are mapped, translated, local addresses


class NotPublic(ValueError):
    """Not to be asked, with the sentence for who named the address."""


class NoAnswer(OSError):
    """Nobody answered there as they should."""


class Answer(NamedTuple):
    status: int
    body: bytes


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Send this to there. Raises NotPublic or NoAnswer."""
    parts = _parts(url)
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    connection = _Pinned(host, port, public_address(host, port), is_safe=parts.scheme == "https")
    deadline = threading.Timer(SECONDS, connection.give_up)
    deadline.start()
    try:
        connection.request("POST", parts._replace(scheme="", netloc="", fragment="").geturl() or "/", body, headers)
        response = connection.getresponse()
        answer = Answer(response.status, response.read(MOST_BYTES))
    except (OSError, HTTPException) as error:
        raise NoAnswer(f"{host} does not answer: {error or type(error).__name__}.") from error
    finally:
        deadline.cancel()
        connection.close()
    if connection.is_late:
        raise NoAnswer(f"{host} took longer than {SECONDS} seconds to answer.")
    return answer


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_right = parts.scheme in PORTS and parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        is_right = False
    if not is_right or not url.isascii() or any(ord(letter) <= 32 for letter in url):
        raise NotPublic("Write an address like https://example.com/hook, without a user or a password.")
    return parts


def public_address(host: str, port: int) -> str:
    """The address to connect to; every one that the name has must be public. Raises NotPublic or NoAnswer."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer(f"There is no host named {host}.") from error
    addresses = [str(known[4][0]) for known in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise NotPublic(f"{host} is not on the internet: name a host that everybody reaches.")
    return addresses[0]


def is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if any(address in ipaddress.ip_network(network) for network in settings.OUTGOING_ALLOWED):
        return True
    if address.version == 6 and address not in PUBLIC_IPV6:
        return False
    return not any(address in network for network in INSIDE)


class _Pinned(HTTPConnection):
    """Speaks to an address in the name of its host: in `Host`, and in the name that a certificate must have."""

    sock: Any
    is_late = False

    def __init__(self, host: str, port: int, address: str, *, is_safe: bool):
        super().__init__(host, port, timeout=SECONDS)
        self.default_port = PORTS["https" if is_safe else "http"]
        self.address, self.is_safe = address, is_safe

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.is_safe:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def give_up(self) -> None:
        """Whoever answers a letter at a time would be waited for without end."""
        self.is_late = True
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
