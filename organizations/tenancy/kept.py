"""Questions that come with nearly every request: their SQL, which costs more than the answer, is made once."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache, partial
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

from organizations.tenancy.marks import Mark, check_marks, filled, with_constants
from organizations.tenancy.planned import planned_cursor

Value = int | str | date | None
Read = Callable[[list[Any], Any], list[Any]]  # of the rows and their connection
NUMBERS = 30  # of values


class Kept:
    """A query for values: `make` builds it of marks, once for each number of values; `rows` asks it with these.

    `make` looks at nothing else: what it saw at the first asking would hold for everybody. The database plans it once
    too, unless the best plan `depends` on the values.
    """

    def __init__(self, make: Callable[..., QuerySet[Any]], *, depends: bool = False):
        self._made = lru_cache(NUMBERS)(partial(_Made, make, depends))

    def rows(self, *values: Any) -> list[Any]:
        """The records that the query finds, or the tuples of its `values_list`."""
        return self._made(len(values)).rows(values)


class _Made:
    def __init__(self, make: Callable[..., QuerySet[Any]], depends: bool, count: int):
        queryset: Any = make(*map(Mark, range(count)))
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.parameters = with_constants(*compiler.as_sql())
        check_marks(self.parameters, count)
        if compiler.has_extra_select:
            raise ValueError("A query that is kept orders by what it shows.")
        self.depends, self.locks = depends, queryset.query.select_for_update
        self.read = _tuples(compiler) if queryset._fields else _records(queryset, compiler)

    def rows(self, values: Sequence[Any]) -> list[Any]:
        connection: Any = connections[DEFAULT_DB_ALIAS]  # this thread's
        if self.locks and not _can_lock(connection):
            raise TransactionManagementError("A row is locked in a transaction.")  # Django says so when it makes SQL
        with connection.cursor() if self.depends else planned_cursor(connection) as cursor:
            cursor.execute(self.sql, filled(self.parameters, values))
            rows: list[Any] = cursor.fetchall()
        return self.read(rows, connection)


def _tuples(compiler: Any) -> Read:
    converters = _converters(compiler)
    return lambda rows, connection: [_converted(row, converters, connection) for row in rows] if converters else rows


def _converted(row: tuple[Any, ...], converters: dict[int, Any], connection: Any) -> tuple[Any, ...]:
    """As Django's compiler does it, which is too large to be kept for this."""
    values = list(row)
    for place, (steps, expression) in converters.items():
        for convert in steps:
            values[place] = convert(values[place], expression, connection)
    return tuple(values)


def _records(queryset: Any, compiler: Any) -> Read:
    converters = _converters(compiler)

    def read(rows: list[Any], connection: Any) -> list[Any]:
        reader, asked = copy.copy(compiler), queryset._chain()
        reader.connection, reader.execute_sql = connection, lambda **_: [rows]
        reader.get_converters = lambda _: converters
        asked.query.get_compiler = lambda *_, **__: reader
        return list(asked)

    return read


def _converters(compiler: Any) -> Any:
    return compiler.get_converters([column for column, *_ in compiler.select])


def _can_lock(connection: Any) -> bool:
    """SQLite locks no rows, and asks for no transaction."""
    return not (connection.features.has_select_for_update and connection.get_autocommit())


def standing_in(organization_id: int) -> Any:
    """For `for_membership` in a query that is kept: whoever stands in the organization of this mark."""
    return SimpleNamespace(organization_id=organization_id)
