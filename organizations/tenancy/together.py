"""Several questions asked with one statement, for figures that are made of rows of several tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from organizations.tenancy.marks import Mark, check_marks, filled, with_constants
from organizations.tenancy.planned import planned_cursor

ROWS = {
    "postgresql": "(SELECT json_agg(json_build_array({columns}))::text FROM ({sql}) AS found)",
    "sqlite": "(SELECT json_group_array(json_array({columns})) FROM ({sql}) AS found)",
}
Rows = list[dict[str, Any]]


class Together:
    """Questions for `values` by name: `make` builds them of marks, once for each number of values; see `kept.py`."""

    def __init__(self, make: Callable[..., dict[str, QuerySet[Any]]]):
        self._make, self._made = make, dict[int, _Statement]()

    def rows(self, *values: Any) -> dict[str, Rows]:
        """The rows of each question, in no order; their numbers exact, all else as JSON spells it."""
        count = len(values)
        if count not in self._made:
            self._made[count] = _statement(self._make(*map(Mark, range(count))), count)
        return self._made[count].rows(values)


@dataclass(frozen=True)
class _Statement:
    sql: str
    parameters: tuple[Any, ...]
    columns: dict[str, list[str]]

    def rows(self, values: Sequence[Any]) -> dict[str, Rows]:
        with planned_cursor(connection) as cursor:
            cursor.execute(self.sql, filled(self.parameters, values))
            found = zip(self.columns.items(), cursor.fetchone(), strict=True)
        return {name: _read(columns, text) for (name, columns), text in found}


def _statement(questions: dict[str, Any], count: int) -> _Statement:
    asked = [question.query.sql_with_params() for question in questions.values()]
    columns = {name: list(question.query.selected) for name, question in questions.items()}
    parts = [_rows(names, sql) for names, (sql, _) in zip(columns.values(), asked, strict=True)]
    parameters = [value for _, given in asked for value in given]
    check_marks(parameters, count)
    return _Statement(*with_constants(f"SELECT {', '.join(parts)}", parameters), columns)


def _rows(columns: list[str], sql: str) -> str:
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    return ROWS[connection.vendor].format(columns=names, sql=sql)


def _read(columns: list[str], text: str | None) -> Rows:
    rows = json.loads(text or "[]", parse_float=Decimal)
    return [dict(zip(columns, row, strict=True)) for row in rows]
