"""Questions that come with nearly every request: their SQL, which costs more than the answer, is made once."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

FIRST_MARK = -(2**61)


class Kept:
    """A `values_list` with `places` for numbers: `make` builds it of marks, `rows` asks it with values instead.

    `make` looks at nothing else: what it saw at the first asking would hold for everybody.
    """

    def __init__(self, make: Callable[..., QuerySet[Any]], places: int):
        self._make, self._marks = make, [FIRST_MARK - number for number in range(places)]

    @cached_property
    def _made(self) -> tuple[Any, str, list[Any]]:
        compiler = self._make(*self._marks).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        if sorted(value for value in parameters if value in self._marks) != sorted(self._marks):
            raise ValueError("Each mark stands once in a query that is kept.")
        return compiler, sql, list(parameters)

    def rows(self, *values: int | None) -> list[tuple[Any, ...]]:
        made, sql, parameters = self._made
        given = dict(zip(self._marks, values, strict=True))
        compiler: Any = copy.copy(made)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # this thread's
        compiler.as_sql = lambda **_: (sql, tuple(given.get(value, value) for value in parameters))
        return list(compiler.results_iter(tuple_expected=True))
