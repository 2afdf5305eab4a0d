"""What the database is asked, in short."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
TABLE_AFTER = {"SELECT": "FROM", "INSERT": "INTO", "DELETE": "FROM", "UPDATE": "UPDATE"}


def statements_of(act: Callable[[], Any]) -> list[str]:
    """Each statement as its verb and its table, without those of the transaction."""
    with CaptureQueriesContext(connection) as captured:
        act()
    asked = [query["sql"] for query in captured.captured_queries]
    return [_short(sql) for sql in asked if not sql.startswith(TRANSACTION)]


def _short(sql: str) -> str:
    while sql != (sql := re.sub(r"\([^()]*\)", "", sql)):  # subqueries and functions
        pass
    words = sql.replace('"', "").split()
    verb, after = words[0], TABLE_AFTER[words[0]]
    return f"{verb} {words[words.index(after) + 1]}" if after in words else verb
