"""The questions of a list, each made once for all who ask alike: from one asking to the next only values differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, Count, Subquery, Value

from organizations.tenancy.conditions import Shape
from organizations.tenancy.kept import Kept, standing_in
from organizations.tenancy.keyset import Cursor, Order

MOST = 200  # of each kind, of some ten kilobytes; callers think of ever new ones


@lru_cache(MOST)
def first_page(view_class: Any, shapes: tuple[Shape, ...], order: Order, size: int) -> Kept:
    def make(organization_id: Any, *marks: Any) -> Any:
        view = view_class(action="list")
        return numbered(view, narrowed(view, shapes, standing_in(organization_id), marks), order, size, 0)

    return Kept(make, depends=bool(shapes))


@lru_cache(MOST)
def page_beside(view_class: Any, shapes: tuple[Shape, ...], order: Order, size: int, place: Cursor | None) -> Kept:
    def make(organization_id: Any, *marks: Any) -> Any:
        view = view_class(action="list")
        rows = narrowed(view, shapes, standing_in(organization_id), marks)
        cursor = place and replace(place, value=place.value and marks[-2], pk=marks[-1])
        return beside(view, rows, order, size, cursor)

    return Kept(make, depends=bool(shapes))


@lru_cache(MOST)
def number_of_rows(view_class: Any, shapes: tuple[Shape, ...]) -> Kept:
    def make(organization_id: Any, *marks: Any) -> Any:
        rows = narrowed(view_class(action="list"), shapes, standing_in(organization_id), marks)
        return rows.order_by().values_list("organization").annotate(Count("pk"))

    return Kept(make, depends=bool(shapes))


def narrowed(view: Any, shapes: Iterable[Shape], by: Any, values: Iterable[Any]) -> Any:
    rows, given = view.rows_of(by), iter(values)
    for shape in shapes:
        rows = shape.narrow(rows, given)
    return rows


def numbered(view: Any, rows: Any, order: Order, size: int, start: int) -> Any:
    """With their number as the last column where something that is kept tells it, in the same statement."""
    total = rows.total()
    number = Value(None, BigIntegerField()) if total is None else Subquery(total)
    found = _behind(rows, order, size, start) if start else order.apply(rows)
    return found.annotate(number_of_all=number).values_list(*view.columns().asked, "number_of_all")[:size]


def _behind(rows: Any, order: Order, size: int, start: int) -> Any:
    """The rows behind these, known by their ids: else the neighbors of all before them would be read along."""
    ids = order.apply(rows).values("pk")[start : start + size]
    return order.apply(rows.model._base_manager.filter(pk__in=ids))


def beside(view: Any, rows: Any, order: Order, size: int, cursor: Cursor | None) -> Any:
    found = cursor.rows(rows) if cursor else order.apply(rows)
    return found.values_list(*view.columns().asked)[:size]
