"""Where a request comes from: the address of its sender, behind as many proxies as we trust, and their browser."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

LONGEST_AGENT = 300
NEIGHBORHOOD = 64  # one home or office is given so many bits of IPv6
current: ContextVar[Any] = ContextVar("current", default=None)  # the request at hand; none in a command


class WhenceMiddleware:
    """Knows the request while it is answered, for what is kept of who did something, and from where."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.afterwards = []
        token = current.set(request)
        try:
            response = self.get_response(request)
        finally:
            current.reset(token)
        for deed in request.afterwards:
            response._resource_closers.append(_within(request, deed))  # type: ignore[attr-defined]
        return response


def _within(request: Any, deed: Callable[[], None]) -> Callable[[], None]:
    def act() -> None:
        token = current.set(request)
        try:
            deed()
        finally:
            current.reset(token)

    return act


def afterwards(deed: Callable[[], None]) -> None:
    """Do this once the answer at hand is sent, or at once where nobody waits for one."""
    request = current.get()
    if request is None:
        deed()
    else:
        request.afterwards.append(deed)


def address(request: Any) -> str | None:
    """The address of who sent this; None where there is none, as at a socket of this machine.

    Each proxy adds the address that it was asked from: the outermost one that we trust tells the truth, what stands
    before it was written by whoever asked. Who came around the proxies is told by the connection alone.
    """
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted and (forwarded := _plain(hops[-trusted])):
        return forwarded
    return _plain(request.META.get("REMOTE_ADDR", ""))


def _plain(text: str) -> str | None:
    """Without a port, brackets or the name of a network, and IPv4 as IPv4."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(found, "ipv4_mapped", None) or found)


def neighborhood(request: Any) -> str:
    """What all addresses of one sender have in common: who has IPv6 has millions of them."""
    sender = address(request) if request else None
    if sender is None or ":" not in sender:
        return sender or "unknown"
    return str(ipaddress.ip_network(f"{sender}/{NEIGHBORHOOD}", strict=False))


def browser(request: Any) -> str:
    return "".join(filter(str.isprintable, request.META.get("HTTP_USER_AGENT", "")))[:LONGEST_AGENT]
