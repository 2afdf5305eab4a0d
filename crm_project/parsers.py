"""The API's only parser: JSON as the standard has it, of limited size, and nothing that a database chokes on."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

MAX_DIGITS = 100
MAX_DEPTH = 20


class BodyTooLarge(APIException):
    status_code = 413
    default_detail = f"A body has at most {settings.MAX_BODY_BYTES:,} bytes."
    default_code = "body_too_large"


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        body = stream.read(settings.MAX_BODY_BYTES + 1)
        if len(body) > settings.MAX_BODY_BYTES:
            raise BodyTooLarge
        try:
            parsed = json.loads(
                body.decode("utf-8"),
                parse_float=Decimal,
                parse_int=_whole_number,
                parse_constant=_refuse_constant,
                object_pairs_hook=_without_doubles,
            )
            json.dumps(parsed, ensure_ascii=False, default=str).encode()  # a lone surrogate fails here
        except RecursionError as error:
            raise ParseError("This JSON is nested too deep.", "json_too_deep") from error
        except (ValueError, UnicodeError, ArithmeticError) as error:
            raise ParseError(f"This is not JSON: {_reason(error)}.", "json_invalid") from error
        if _depth(parsed) > MAX_DEPTH:
            raise ParseError("This JSON is nested too deep.", "json_too_deep")
        return parsed


def _depth(value: Any) -> int:
    depth, inner = 0, [value]
    while inner := [child for parent in inner for child in _children(parent)]:
        depth += 1
    return depth


def _children(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _whole_number(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("a number has too many digits")
    return int(digits)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member stands twice in an object")
    return members


def _reason(error: Exception) -> str:
    return "a character is broken" if isinstance(error, UnicodeError) else str(error)
