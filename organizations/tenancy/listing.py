"""A list as it is asked for. From one asking to the next only values differ, so its questions are made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import islice
from operator import or_
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, Count, Q, Subquery, Value
from django.db.models.constants import LOOKUP_SEP

from organizations.tenancy.kept import Kept, standing_in
from organizations.tenancy.keyset import Cursor, Order

MOST = 200  # questions that are kept of each kind, of some ten kilobytes; callers think of ever new ones
Way = Callable[[Any], Any]


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


@dataclass(frozen=True)
class Listing:
    """The rows of this view that meet these conditions, narrowed by ways that are no comparison with a column."""

    view: Any
    conditions: tuple[Condition, ...] = ()
    ways: tuple[Way, ...] = ()

    def rows(self) -> Any:
        values = [value for condition in self.conditions for value in condition.values]
        rows = _rows(self.view, self._shapes(), self.view.request.membership, values)
        for way in self.ways:
            rows = way(rows)
        return rows

    def page(self, order: Order, size: int, start: int) -> tuple[list[Any], int]:
        """So many rows after the first ones, as values of the view's columns, and how many there are in all."""
        if start or self.ways:
            found = list(_numbered(self.view, self.rows(), order, size, start))
        else:
            found = self._ask(_first_page, order, size)
        is_last = len(found) < size and (found or not start)
        total = found[0][-1] if found else None
        count = start + len(found) if is_last else self._count() if total is None else int(total)
        return [row[:-1] for row in found], count

    def beside(self, order: Order, size: int, cursor: Cursor | None) -> list[Any]:
        """So many rows next to the cursor, nearest first; the first ones without it."""
        if self.ways:
            return list(_beside(self.view, self.rows(), order, size, cursor))
        values = [*_prepared(self.view.model, order.column, [cursor.value]), cursor.pk] if cursor else []
        place = cursor and replace(cursor, value=None if cursor.value is None else "any", pk=0)
        return self._ask(_page_beside, order, size, place, beyond=[value for value in values if value is not None])

    def _count(self) -> int:
        if self.ways:
            return int(self.rows().order_by().count())
        return sum(count for _, count in self._ask(_number))

    def _ask(self, question: Any, *options: Any, beyond: Iterable[Any] = ()) -> list[Any]:
        values = [
            value
            for condition in self.conditions
            for value in _prepared(self.view.model, condition.column, condition.values)
        ]
        kept: Kept = question(type(self.view), self._shapes(), *options)
        return kept.rows(self.view.request.membership.organization_id, *values, *beyond)

    def _shapes(self) -> tuple[Shape, ...]:
        return tuple(condition.shape for condition in self.conditions)


@lru_cache(MOST)
def _first_page(view_class: Any, shapes: tuple[Shape, ...], order: Order, size: int) -> Kept:
    def make(organization_id: Any, *marks: Any) -> Any:
        view = view_class(action="list")
        return _numbered(view, _rows(view, shapes, standing_in(organization_id), marks), order, size, 0)

    return Kept(make)


@lru_cache(MOST)
def _page_beside(view_class: Any, shapes: tuple[Shape, ...], order: Order, size: int, place: Cursor | None) -> Kept:
    def make(organization_id: Any, *marks: Any) -> Any:
        view = view_class(action="list")
        rows = _rows(view, shapes, standing_in(organization_id), marks)
        cursor = place and replace(place, value=place.value and marks[-2], pk=marks[-1])
        return _beside(view, rows, order, size, cursor)

    return Kept(make)


@lru_cache(MOST)
def _number(view_class: Any, shapes: tuple[Shape, ...]) -> Kept:
    def make(organization_id: Any, *marks: Any) -> Any:
        rows = _rows(view_class(action="list"), shapes, standing_in(organization_id), marks)
        return rows.order_by().values_list("organization").annotate(Count("pk"))

    return Kept(make)


def _rows(view: Any, shapes: Iterable[Shape], by: Any, values: Iterable[Any]) -> Any:
    rows, given = view.rows_of(by), iter(values)
    for shape in shapes:
        rows = shape.narrow(rows, given)
    return rows


def _numbered(view: Any, rows: Any, order: Order, size: int, start: int) -> Any:
    """With their number as the last column where something that is kept tells it, in the same statement."""
    total = rows.total()
    number = Value(None, BigIntegerField()) if total is None else Subquery(total)
    found = _behind(rows, order, size, start) if start else order.apply(rows)
    return found.annotate(number_of_all=number).values_list(*view.columns().asked, "number_of_all")[:size]


def _behind(rows: Any, order: Order, size: int, start: int) -> Any:
    """The rows behind these, known by their ids: else the neighbors of all before them would be read along."""
    ids = order.apply(rows).values("pk")[start : start + size]
    return order.apply(rows.model._base_manager.filter(pk__in=ids))


def _beside(view: Any, rows: Any, order: Order, size: int, cursor: Cursor | None) -> Any:
    found = cursor.rows(rows) if cursor else order.apply(rows)
    return found.values_list(*view.columns().asked)[:size]


def _prepared(model: Any, column: str, values: Iterable[Any]) -> list[Any]:
    """As the database takes them."""
    field = _field(model, column)
    return [field.get_db_prep_value(value, connection) for value in values]


@lru_cache
def _field(model: Any, column: str) -> Any:
    for name in column.split(LOOKUP_SEP):
        field = model._meta.get_field(name)
        model = field.related_model
    return getattr(field, "target_field", field)
