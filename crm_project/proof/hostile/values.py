"""What programs choke on, and what fits a schema: picked by a generator of random numbers, the same at every run."""

from __future__ import annotations

import json
from random import Random
from typing import Any

MARK = "<i id=x9>\"'&"  # where a page shows it as it is, it would show a script too
TEXTS = [
    "",
    " ",
    "\0",
    "a\0b",
    "\x1b[31m",
    "\r\n",
    "\u202egnp.exe",
    "\ufeff",
    "\ufffe",
    "e\u0301" * 50,
    "ﷺ" * 90,
    "💣" * 60,
    "x" * 201,
    "x" * 70_000,
    "٣",
    "½",
    "İ",
    "ß",
    "%",
    "%s%n",
    "%00",
    "_",
    "\\",
    "'",
    '"',
    "' OR 1=1 --",
    "'; DROP TABLE x",
    "{{ 7*7 }}",
    "{% debug %}",
    "${7*7}",
    "../../etc/passwd",
    "=1+1",
    "@SUM(1)",
    "//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://127.0.0.1/",
    "None",
    "null",
    "true",
    "NaN",
    "Infinity",
    "-0",
    "1e400",
    "0x10",
    "1_000",
    "01",
    "9" * 400,
    str(2**31),
    str(2**63),
    str(-(2**63)),
    "0",
    "-1",
    "1.5",
    "1,5",
    "9999-12-31",
    "0000-00-00",
    "2026-02-30",
    "10000-01-01",
    "2026-01-01T00:00:00+99:99",
    "a@b",
    "a@" + "b" * 300,
    "(" * 500,
    "a" + "\u0300" * 2000,
    MARK,
    f"Anna {MARK}",
]
OTHERS: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    2**31,
    2**63,
    -(2**70),
    10**99,
    [],
    {},
    [[]],
    [None] * 99,
    {"a": {"b": [1]}},
    {"id": 1},
]
BODIES = [
    b"",
    b" ",
    b"null",
    b"[]",
    b'"x"',
    b"1",
    b"{",
    b'{"a":',
    b"{}{}",
    b'{"a":1,"a":2}',
    b'{"a":NaN}',
    b'{"a":1e999}',
    b'{"a":"\\ud800"}',
    b'{"a":"\\u0000"}',
    b'{"\\u0000":1}',
    b'{"name":"\xff"}',
    b"\xef\xbb\xbf{}",
    b"[" * 9000 + b"]" * 9000,
    b'{"a":' * 9000 + b"1" + b"}" * 9000,
    b'{"name":' + b"9" * 5000 + b"}",
    b"x" * 1_000_001,
    "{}".encode("utf-16"),
    b"\0" * 99,
    b"name=a&name=b",
    b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
]
TYPES = [
    "application/json",
    "application/json; charset=utf-16",
    "text/plain",
    "application/x-www-form-urlencoded",
    "x",
    "",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/problem+json",
    "application/json\0",
]


def odd(random: Random) -> Any:
    return random.choice(TEXTS) if random.random() < 0.7 else random.choice(OTHERS)


def odd_text(random: Random) -> str:
    value = odd(random)
    return value if isinstance(value, str) else json.dumps(value)


def fitting(schema: dict[str, Any], schemas: dict[str, Any], random: Random) -> Any:
    """A value that this schema allows, most of the time."""
    if random.random() < 0.04:
        return odd(random)
    if "$ref" in schema:
        return fitting(schemas[schema["$ref"].rpartition("/")[2]], schemas, random)
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return fitting(random.choice(schema[several]), schemas, random)
    if "enum" in schema:
        return random.choice(schema["enum"])
    kind = schema.get("type", "string")
    kind = random.choice(kind) if isinstance(kind, list) else kind
    return _OF_TYPE[kind](schema, schemas, random)


def _object(schema: dict[str, Any], schemas: dict[str, Any], random: Random) -> dict[str, Any]:
    required = schema.get("required", ())
    properties = schema.get("properties", {})
    wanted = [name for name in properties if name in required or random.random() < 0.5]
    made = {name: fitting(properties[name], schemas, random) for name in wanted}
    return made if properties else {"text": "Called them."}


def _text(schema: dict[str, Any], schemas: dict[str, Any], random: Random) -> str:
    kind = schema.get("format", "")
    if kind == "date":
        return f"20{random.randint(10, 40)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    if kind == "date-time":
        return f"2026-01-{random.randint(1, 28):02}T00:00:00Z"
    if kind == "email":
        return f"user{random.randint(1, 10**9)}@example.com"
    if kind == "decimal":
        return f"{random.randint(0, 10**6)}.{random.randint(0, 99):02}"
    least = max(1, schema.get("minLength", 1))
    length = random.randint(least, max(least, min(schema.get("maxLength", 40), 40)))
    return "".join(random.choice("abc äÖшЖ漢-'\"<&9") for _ in range(length)).strip() or "a"


def _number(schema: dict[str, Any], schemas: dict[str, Any], random: Random) -> int:
    least, most = schema.get("minimum", 0), schema.get("maximum", 10**6)
    return random.choice([least, most, random.randint(int(least), int(most))])


_OF_TYPE: dict[str, Any] = {
    "object": _object,
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": lambda schema, schemas, random: random.random() < 0.5,
    "array": lambda schema, schemas, random: [fitting(schema.get("items", {}), schemas, random)],
    "null": lambda schema, schemas, random: None,
}
