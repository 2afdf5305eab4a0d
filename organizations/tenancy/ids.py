"""What can be an id at all: a positive integer that the databases can hold."""

import re

LARGEST_ID = 2**63 - 1
DIGITS = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
ID_SCHEMA = {"type": "integer", "format": "int64", "minimum": 1, "maximum": LARGEST_ID}


def parse_id(text: str) -> int | None:
    """The id that this text writes, None when it writes none."""
    if not DIGITS.fullmatch(text) or int(text) > LARGEST_ID:
        return None
    return int(text)
