"""Questions that come with nearly every request: their SQL, which costs more than the answer, is made once."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, QuerySet
from django.db.transaction import TransactionManagementError

Value = int | str | None


class Mark(Expression):
    """Stands in a query that is kept for the value of this place, which comes as the database takes it."""

    def __init__(self, place: int):
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Kept:
    """A query for values: `make` builds it of marks, once for each number of values; `rows` asks it with these.

    `make` looks at nothing else: what it saw at the first asking would hold for everybody.
    """

    def __init__(self, make: Callable[..., QuerySet[Any]]):
        self._make, self._made = make, dict[int, _Made]()

    def rows(self, *values: Any) -> list[Any]:
        """The records that the query finds, or the tuples of its `values_list`."""
        count = len(values)
        if count not in self._made:
            self._made[count] = _Made(self._make, count)
        return self._made[count].rows(values)


class _Made:
    def __init__(self, make: Callable[..., QuerySet[Any]], count: int):
        self.queryset: Any = make(*map(Mark, range(count)))
        self.compiler: Any = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.parameters = self.compiler.as_sql()
        check_marks(self.parameters, count)
        if self.compiler.has_extra_select:
            raise ValueError("A query that is kept orders by what it shows.")
        self.converters = self.compiler.get_converters([column for column, *_ in self.compiler.select])

    def rows(self, values: Sequence[Any]) -> list[Any]:
        connection: Any = connections[DEFAULT_DB_ALIAS]  # this thread's
        if self.queryset.query.select_for_update and not _can_lock(connection):
            raise TransactionManagementError("A row is locked in a transaction.")  # Django says so when it makes SQL
        compiler, parameters = copy.copy(self.compiler), filled(self.parameters, values)
        compiler.connection = connection
        return self._tuples(compiler, parameters) if self.queryset._fields else self._records(compiler, parameters)

    def _tuples(self, compiler: Any, parameters: tuple[Any, ...]) -> list[Any]:
        with compiler.connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            rows: list[Any] = cursor.fetchall()
        return [*map(tuple, compiler.apply_converters(rows, self.converters))] if self.converters else rows

    def _records(self, compiler: Any, parameters: tuple[Any, ...]) -> list[Any]:
        compiler.as_sql = lambda **_: (self.sql, parameters)
        compiler.get_converters = lambda _: self.converters
        asked = self.queryset._chain()
        asked.query.get_compiler = lambda *_, **__: compiler
        return list(asked)


def check_marks(parameters: Iterable[Any], count: int) -> None:
    """Raises ValueError where one of so many marks was lost on the way."""
    if {value.place for value in parameters if isinstance(value, Mark)} != {*range(count)}:
        raise ValueError("Each mark stands in a query that is kept.")


def filled(parameters: Iterable[Any], values: Sequence[Any]) -> tuple[Any, ...]:
    """With the values in the place of their marks."""
    return tuple(values[value.place] if isinstance(value, Mark) else value for value in parameters)


def _can_lock(connection: Any) -> bool:
    """SQLite locks no rows, and asks for no transaction."""
    return not (connection.features.has_select_for_update and connection.get_autocommit())


def standing_in(organization_id: int) -> Any:
    """For `for_membership` in a query that is kept: whoever stands in the organization of this mark."""
    return SimpleNamespace(organization_id=organization_id)
