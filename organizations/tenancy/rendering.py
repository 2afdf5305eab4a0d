"""How the API writes JSON: the same state in the same bytes, whichever way it was read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer

OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def written(shown: Any) -> bytes:
    """This in UTF-8 without a space; instants as they are in UTC, with Z."""
    return orjson.dumps(shown, default=_spelled, option=OPTIONS)


def _spelled(value: Any) -> str:
    """What JSON has no form for: exact numbers, and sentences that wait for a language."""
    if isinstance(value, (Decimal, Promise)):
        return str(value)
    raise TypeError(f"JSON has no form for {type(value).__name__}.")


class Renderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else written(data)
