"""Tokens whose signature was checked a moment ago, so that it is checked once and not with each request."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from threading import Lock
from typing import Any


class ProvenTokens:
    """The claims of the tokens that were used last, by the tokens' hashes; what has expired is not among them."""

    def __init__(self, size: int):
        self.size, self._lock = size, Lock()
        self._claims: OrderedDict[bytes, dict[str, Any]] = OrderedDict()

    def get(self, token: bytes) -> dict[str, Any] | None:
        """The claims of this token; None where it must be checked first."""
        name = _name(token)
        with self._lock:
            claims = self._claims.pop(name, None)
            if claims is None or claims["exp"] <= time.time():
                return None
            self._claims[name] = claims
        return claims

    def keep(self, token: bytes, claims: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            self._claims[_name(token)] = claims
            if len(self._claims) > self.size:
                self._claims.popitem(last=False)
        return claims


def _name(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
