"""A list as it is asked for: its rows, a page of them, how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from organizations.tenancy import questions
from organizations.tenancy.conditions import Condition, Shape, prepared
from organizations.tenancy.kept import Kept
from organizations.tenancy.keyset import Cursor, Order

Way = Callable[[Any], Any]


@dataclass(frozen=True)
class Listing:
    """The rows of this view that meet these conditions, narrowed by ways that are no comparison with a column."""

    view: Any
    conditions: tuple[Condition, ...] = ()
    ways: tuple[Way, ...] = ()

    @cached_property
    def rows(self) -> Any:
        values = [value for condition in self.conditions for value in condition.values]
        rows = questions.narrowed(self.view, self._shapes(), self.view.request.membership, values)
        for way in self.ways:
            rows = way(rows)
        return rows

    def page(self, order: Order, size: int, start: int) -> tuple[list[Any], int]:
        """So many rows after the first ones, as values of the view's columns, and how many there are in all."""
        if start or self.ways:
            found = list(questions.numbered(self.view, self.rows, order, size, start))
        else:
            found = self._ask(questions.first_page, order, size)
        is_last = len(found) < size and (found or not start)
        total = found[0][-1] if found else None
        count = start + len(found) if is_last else self._count() if total is None else int(total)
        return [row[:-1] for row in found], count

    def beside(self, order: Order, size: int, cursor: Cursor | None) -> list[Any]:
        """So many rows next to the cursor, nearest first; the first ones without it."""
        if self.ways:
            return list(questions.beside(self.view, self.rows, order, size, cursor))
        values = _values_of(cursor, self.view.model) if cursor else []
        return self._ask(questions.page_beside, order, size, cursor and _somewhere(cursor), beyond=values)

    def _count(self) -> int:
        if self.ways:
            return int(self.rows.order_by().count())
        return sum(count for _, count in self._ask(questions.number_of_rows))

    def _ask(self, question: Any, *options: Any, beyond: Iterable[Any] = ()) -> list[Any]:
        values = [
            value
            for condition in self.conditions
            for value in prepared(self.view.model, condition.column, condition.values)
        ]
        kept: Kept = question(type(self.view), self._shapes(), *options)
        return kept.rows(self.view.request.membership.organization_id, *values, *beyond)

    def _shapes(self) -> tuple[Shape, ...]:
        return tuple(condition.shape for condition in self.conditions)


def _somewhere(cursor: Cursor) -> Cursor:
    """A cursor of the same kind, whichever its row."""
    return replace(cursor, value=None if cursor.value is None else "any", pk=0)


def _values_of(cursor: Cursor, model: Any) -> list[Any]:
    values = [] if cursor.value is None else [cursor.value]
    return [*prepared(model, cursor.order.column, values), cursor.pk]
