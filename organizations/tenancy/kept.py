"""Questions that come with nearly every request: their SQL, which costs more than the answer, is made once."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

Value = int | str | None
MARKS: dict[type, Callable[[int], Value]] = {
    int: lambda place: -(2**61) - place,
    str: "mark {} of a query that is kept".format,
}


class Kept:
    """A query for values: `make` builds it of marks, once for each kind of values; `rows` asks it with values instead.

    `make` looks at nothing else: what it saw at the first asking would hold for everybody.
    """

    def __init__(self, make: Callable[..., QuerySet[Any]]):
        self._make, self._made = make, dict[tuple[type, ...], _Made]()

    def rows(self, *values: Value) -> list[Any]:
        """The records that the query finds, or the tuples of its `values_list`."""
        kinds = tuple(str if isinstance(value, str) else int for value in values)
        if kinds not in self._made:
            self._made[kinds] = _Made(self._make, kinds)
        return self._made[kinds].rows(values)


class _Made:
    def __init__(self, make: Callable[..., QuerySet[Any]], kinds: tuple[type, ...]):
        marks = [MARKS[kind](place) for place, kind in enumerate(kinds)]
        self.queryset: Any = make(*marks)
        self.compiler: Any = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.parameters = self.compiler.as_sql()
        self.places = [marks.index(value) if value in marks else None for value in self.parameters]
        if sorted(place for place in self.places if place is not None) != [*range(len(kinds))]:
            raise ValueError("Each mark stands once in a query that is kept.")

    def rows(self, values: Sequence[Value]) -> list[Any]:
        given = zip(self.parameters, self.places, strict=True)
        parameters = tuple(value if place is None else values[place] for value, place in given)
        compiler: Any = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # this thread's
        if self.queryset.query.select_for_update and not _can_lock(compiler.connection):
            raise TransactionManagementError("A row is locked in a transaction.")  # Django says so when it makes SQL
        compiler.as_sql = lambda **_: (self.sql, parameters)
        return self._tuples(compiler) if self.queryset._fields else self._records(compiler)

    def _tuples(self, compiler: Any) -> list[Any]:
        return list(compiler.results_iter(tuple_expected=True))

    def _records(self, compiler: Any) -> list[Any]:
        asked = self.queryset._chain()
        asked.query.get_compiler = lambda *_, **__: compiler
        return list(asked)


def _can_lock(connection: Any) -> bool:
    """SQLite locks no rows, and asks for no transaction."""
    return not (connection.features.has_select_for_update and connection.get_autocommit())


def standing_in(organization_id: int) -> Any:
    """For `for_membership` in a query that is kept: whoever stands in the organization of this mark."""
    return SimpleNamespace(organization_id=organization_id)
