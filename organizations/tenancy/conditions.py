"""What a list is narrowed by: columns and what they are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from itertools import islice
from operator import or_
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q
from django.db.models.constants import LOOKUP_SEP


class Condition(NamedTuple):
    """A column, and the values of which it compares with one at least."""

    column: str
    lookup: str
    values: tuple[Any, ...]

    @property
    def shape(self) -> Shape:
        return Shape(self.column, self.lookup, len(self.values))


class Shape(NamedTuple):
    """A condition without its values."""

    column: str
    lookup: str
    number: int

    def narrow(self, rows: Any, values: Iterator[Any]) -> Any:
        """By the next of these values."""
        named = f"{self.column}__{self.lookup}"
        return rows.filter(reduce(or_, [Q(**{named: value}) for value in islice(values, self.number)]))


def prepared(model: Any, column: str, values: Iterable[Any]) -> list[Any]:
    """As the database takes them."""
    field = _field(model, column)
    return [field.get_db_prep_value(value, connection) for value in values]


@lru_cache
def _field(model: Any, column: str) -> Any:
    for name in column.split(LOOKUP_SEP):
        field = model._meta.get_field(name)
        model = field.related_model
    return getattr(field, "target_field", field)
