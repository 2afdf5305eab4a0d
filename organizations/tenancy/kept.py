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
        self.marks = [MARKS[kind](place) for place, kind in enumerate(kinds)]
        self.queryset = make(*self.marks)
        self.compiler: Any = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, parameters = self.compiler.as_sql()
        self.parameters = list(parameters)
        if sorted(self.marks.index(value) for value in parameters if value in self.marks) != [*range(len(kinds))]:
            raise ValueError("Each mark stands once in a query that is kept.")

    def rows(self, values: Sequence[Value]) -> list[Any]:
        given = dict(zip(self.marks, values, strict=True))
        compiler: Any = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # this thread's
        if self.queryset.query.select_for_update and compiler.connection.get_autocommit():
            raise TransactionManagementError("A row is locked in a transaction.")  # Django says so when it makes SQL
        compiler.as_sql = lambda **_: (self.sql, tuple(self._given(given, value) for value in self.parameters))
        asked: Any = self.queryset._chain()  # type: ignore[attr-defined]
        asked.query.get_compiler = lambda *_, **__: compiler
        return list(asked)

    def _given(self, given: dict[Any, Value], value: Any) -> Any:
        return given[value] if value in self.marks else value


def standing_in(organization_id: int) -> Any:
    """For `for_membership` in a query that is kept: whoever stands in the organization of this mark."""
    return SimpleNamespace(organization_id=organization_id)
