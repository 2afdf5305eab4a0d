"""What stands in a statement that is made once, for the values that come each time it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Expression
from psycopg.sql import quote

PLACE = re.compile("%[s%]")


class Mark(Expression):
    """Stands in a query that is kept for the value of this place, which comes as the database takes it."""

    def __init__(self, place: int):
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


def check_marks(parameters: Iterable[Any], count: int) -> None:
    """Raises ValueError where one of so many marks was lost on the way."""
    if {value.place for value in parameters if isinstance(value, Mark)} != {*range(count)}:
        raise ValueError("Each mark stands in a query that is kept.")


def filled(parameters: Iterable[Any], values: Sequence[Any]) -> tuple[Any, ...]:
    """With the values in the place of their marks."""
    return tuple(_adapted(values[value.place]) if isinstance(value, Mark) else value for value in parameters)


def _adapted(value: Any) -> Any:
    """Instants and days as this database takes them."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def with_constants(sql: str, parameters: Iterable[Any]) -> tuple[str, tuple[Any, ...]]:
    """With all but marks written out: PostgreSQL then knows what they are, and each value that is sent has its mark."""
    if connection.vendor != "postgresql":
        return sql, (*parameters,)
    given, marks = iter(parameters), list[Any]()

    def write(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return "%%"
        value = next(given)
        if isinstance(value, Mark):
            marks.append(value)
            return "%s"
        return quote(value).replace("%", "%%")

    return PLACE.sub(write, sql), (*marks,)
