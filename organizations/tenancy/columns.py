"""What a serializer shows, as columns: rows are read as plain values and shown without a serializer for each.

All of it is derived from the serializer, which stays the only place that says what is shown, and the schema's source.
A field whose value is no plain attribute or neighbor's attribute names the `column` that it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.constants import LOOKUP_SEP
from rest_framework import serializers

Show = Callable[[Any], Any]


class Columns:
    """The columns of one serializer: for each name in an answer, a path and how its value looks.

    `asked` is for `values_list`: the paths, and for those that lead to a neighbor a question of its own. The database
    answers it for the rows that are shown, which takes less than to find out how the tables are best joined.
    """

    def __init__(self, serializer: Any):
        model, fields = serializer.Meta.model, serializer.fields
        self.names = tuple(fields)
        self.paths = tuple(_path(model, field) for field in fields.values())
        self.asked = tuple(asked(model, path) for path in self.paths)
        self._steps = [_steps(path) for path in self.paths]
        self._spelled = [(name, spell) for name, field in fields.items() if (spell := _spelling(field))]

    def shown(self, row: Iterable[Any]) -> dict[str, Any]:
        """One row of `values_list(*asked)` as it is answered."""
        answer = dict(zip(self.names, row, strict=True))
        for name, spell in self._spelled:
            if answer[name] is not None:
                answer[name] = spell(answer[name])
        return answer

    def shown_of(self, record: Any) -> dict[str, Any]:
        """The same of a record in hand."""
        return self.shown(_in_utc(_follow(record, steps)) for steps in self._steps)

    def place(self, path: str) -> int:
        """Where in a row this column is."""
        return self.paths.index(path)


@cache
def columns_of(serializer_class: Any) -> Columns:
    return Columns(serializer_class())


def _path(model: Any, field: Any) -> str:
    path: str = getattr(field, "column", None) or LOOKUP_SEP.join(field.source_attrs)
    if isinstance(field, serializers.RelatedField) and not hasattr(field, "column"):
        path = model._meta.get_field(path).attname
    return path


def asked(model: Any, path: str) -> str | Subquery:
    """What `values_list` asks for by this path: a column, or a question for the neighbor's."""
    neighbor, _, column = path.partition(LOOKUP_SEP)
    if not column:
        return path
    neighbors = model._meta.get_field(neighbor).related_model._base_manager
    return Subquery(neighbors.filter(pk=OuterRef(neighbor)).order_by().values(column))


def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split(LOOKUP_SEP))


def _follow(record: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        if record is None:
            return None
        record = getattr(record, step)
    return record


def _in_utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _spelling(field: Any) -> Show | None:
    """How the values of this field are written where JSON has no form for them; None where it has."""
    if isinstance(field, serializers.DecimalField):
        return f"{{:.{field.decimal_places}f}}".format
    return None
