"""Several questions asked with one statement, for figures that are made of rows of several tables."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

ROWS = {
    "postgresql": "(SELECT json_agg(json_build_array({columns}))::text FROM ({sql}) AS found)",
    "sqlite": "(SELECT json_group_array(json_array({columns})) FROM ({sql}) AS found)",
}


def together(**questions: QuerySet[Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each of these `values`, in no order; their numbers exact, all else as JSON spells it."""
    asked = {name: question.query.sql_with_params() for name, question in questions.items()}
    sql = ", ".join(_rows(questions[name], part) for name, (part, _) in asked.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", [value for _, parameters in asked.values() for value in parameters])
        found = zip(questions.items(), cursor.fetchone(), strict=True)
    return {name: _read(question, text) for (name, question), text in found}


def _rows(question: QuerySet[Any], sql: str) -> str:
    columns = ", ".join(connection.ops.quote_name(name) for name in _names(question))
    return ROWS[connection.vendor].format(columns=columns, sql=sql)


def _names(question: Any) -> list[str]:
    return list(question.query.selected)


def _read(question: QuerySet[Any], text: str | None) -> list[dict[str, Any]]:
    rows = json.loads(text or "[]", parse_float=Decimal)
    return [dict(zip(_names(question), row, strict=True)) for row in rows]
