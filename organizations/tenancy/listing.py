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


class Listed:
    """What is listed, by whatever shows it: the rows of a model that a member sees, as a subclass narrows them.

    Of what `questions.py` asks for, a class is made by `action="list"` alone, as DRF's views are.
    """

    model: Any
    request: Any
    filterset_class: Any = None

    def narrow(self, queryset: Any) -> Any:
        """A subclass adds what to load along, or leaves out rows that nobody sees; it looks at nothing else."""
        return queryset

    def rows_of(self, by: Any) -> Any:
        """The rows of whoever stands there, as they are shown here; it looks at nothing else."""
        return self.narrow(self.model.objects.for_membership(by))

    def within(self) -> tuple[Condition, ...]:
        """What the path narrows them to."""
        return ()

    def get_queryset(self) -> Any:
        return Listing(self, self.within()).rows


@dataclass(frozen=True)
class Listing:
    """The listed rows that meet these conditions, narrowed by ways that are no comparison with a column."""

    view: Any  # a `Listed`
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
            found = self.ask(questions.first_page, order, size)
        is_last = len(found) < size and (found or not start)
        total = found[0][-1] if found else None
        count = start + len(found) if is_last else self._count() if total is None else int(total)
        return [row[:-1] for row in found], count

    def beside(self, order: Order, size: int, cursor: Cursor | None) -> list[Any]:
        """So many rows next to the cursor, nearest first; the first ones without it."""
        if self.ways:
            return list(questions.beside(self.view, self.rows, order, size, cursor))
        values = _values_of(cursor, self.view.model) if cursor else []
        return self.ask(questions.page_beside, order, size, cursor and _somewhere(cursor), beyond=values)

    def _count(self) -> int:
        if self.ways:
            return int(self.rows.order_by().count())
        return sum(count for _, count in self.ask(questions.number_of_rows))

    def ask(self, question: Any, *options: Any, beyond: Iterable[Any] = ()) -> list[Any]:
        """What a kept question finds of these rows, where no ways narrow them, with these values beyond its own."""
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
