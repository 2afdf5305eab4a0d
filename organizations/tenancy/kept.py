"""Questions that come with nearly every request: their SQL, which costs more than the answer, is made once."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

from organizations.tenancy.marks import Mark, check_marks, filled, with_constants
from organizations.tenancy.planned import planned_cursor

Value = int | str | date | None


class Kept:
    """A query for values: `make` builds it of marks, once for each number of values; `rows` asks it with these.

    `make` looks at nothing else: what it saw at the first asking would hold for everybody. The database plans it once
    too, unless the best plan `depends` on the values.
    """

    def __init__(self, make: Callable[..., QuerySet[Any]], *, depends: bool = False):
        self._make, self._depends, self._made = make, depends, dict[int, _Made]()

    def rows(self, *values: Any) -> list[Any]:
        """The records that the query finds, or the tuples of its `values_list`."""
        count = len(values)
        if count not in self._made:
            self._made[count] = _Made(self._make, count, self._depends)
        return self._made[count].rows(values)


class _Made:
    def __init__(self, make: Callable[..., QuerySet[Any]], count: int, depends: bool):
        self.queryset: Any = make(*map(Mark, range(count)))
        self.compiler: Any = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.parameters = with_constants(*self.compiler.as_sql())
        check_marks(self.parameters, count)
        if self.compiler.has_extra_select:
            raise ValueError("A query that is kept orders by what it shows.")
        self.converters = self.compiler.get_converters([column for column, *_ in self.compiler.select])
        self.depends = depends

    def rows(self, values: Sequence[Any]) -> list[Any]:
        connection: Any = connections[DEFAULT_DB_ALIAS]  # this thread's
        if self.queryset.query.select_for_update and not _can_lock(connection):
            raise TransactionManagementError("A row is locked in a transaction.")  # Django says so when it makes SQL
        with connection.cursor() if self.depends else planned_cursor(connection) as cursor:
            cursor.execute(self.sql, filled(self.parameters, values))
            rows: list[Any] = cursor.fetchall()
        return self._tuples(connection, rows) if self.queryset._fields else self._records(connection, rows)

    def _tuples(self, connection: Any, rows: list[Any]) -> list[Any]:
        if not self.converters:
            return rows
        return [*map(tuple, self._compiler_on(connection).apply_converters(rows, self.converters))]

    def _records(self, connection: Any, rows: list[Any]) -> list[Any]:
        compiler, asked = self._compiler_on(connection), self.queryset._chain()
        compiler.execute_sql = lambda **_: [rows]
        compiler.get_converters = lambda _: self.converters
        asked.query.get_compiler = lambda *_, **__: compiler
        return list(asked)

    def _compiler_on(self, connection: Any) -> Any:
        compiler = copy.copy(self.compiler)
        compiler.connection = connection
        return compiler


def _can_lock(connection: Any) -> bool:
    """SQLite locks no rows, and asks for no transaction."""
    return not (connection.features.has_select_for_update and connection.get_autocommit())


def standing_in(organization_id: int) -> Any:
    """For `for_membership` in a query that is kept: whoever stands in the organization of this mark."""
    return SimpleNamespace(organization_id=organization_id)
