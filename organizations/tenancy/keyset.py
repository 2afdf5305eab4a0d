"""Pages by key: the rows after (or before) a known row, as fast at the end of a list as at its start."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Index, Model, Q, QuerySet

from organizations.tenancy.ids import LARGEST_ID


def indexes_for(model: str, *columns: str) -> list[Index]:
    """An index for each column that a list is ordered by, within the organization."""
    return [Index(fields=["organization", column, "id"], name=f"{model}_by_{column}") for column in columns]


def index_of(model: str, neighbor: str, *columns: str) -> Index:
    """An index for the list of one neighbor's rows; it begins with the neighbor, to lead there from it too."""
    return Index(fields=[neighbor, *columns, "id"], name=f"{model}_of_{neighbor}")


@dataclass(frozen=True)
class Order:
    """By one column, nulls last, then by id in the same direction."""

    column: str
    descending: bool

    def apply(self, rows: QuerySet[Any], backwards: bool = False) -> QuerySet[Any]:
        descending = self.descending != backwards
        nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
        if not rows.model._meta.get_field(self.column).null:
            nulls = {}
        key = F(self.column).desc(**nulls) if descending else F(self.column).asc(**nulls)
        return rows.order_by(key, "-pk" if descending else "pk")


@dataclass(frozen=True)
class Cursor:
    """A place in an ordered list: next to the row with this value and id."""

    order: Order
    value: Any
    pk: int
    backwards: bool

    @classmethod
    def at(cls, row: Any, order: Order, *, backwards: bool) -> Cursor:
        return cls(order, getattr(row, order.column), row.pk, backwards)

    def encode(self) -> str:
        value = self.value.astimezone(UTC) if isinstance(self.value, datetime) else self.value
        text = None if value is None else str(value)
        parts = [self.order.column, self.order.descending, text, self.pk, self.backwards]
        return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, order: Order, model: type[Model]) -> Cursor:
        """Raises ValueError for what is no cursor of this list in this order."""
        try:
            column, descending, value, pk, backwards = json.loads(base64.urlsafe_b64decode(text + "=" * 3))
            if (column, descending) != (order.column, order.descending) or type(pk) is not int:
                raise ValueError("a cursor of another list")
            field: Any = model._meta.get_field(column)
            cursor = cls(order, field.clean(value, None), pk, bool(backwards))
            is_ours = cursor.encode() == text and 0 < pk <= LARGEST_ID
        except (binascii.Error, UnicodeError, TypeError, ValidationError, RecursionError, OverflowError) as error:
            raise ValueError("not a cursor") from error
        if not is_ours:
            raise ValueError("not a cursor")
        return cursor

    def rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows on the cursor's side, nearest first."""
        return self.order.apply(rows.filter(self._beyond(rows.model)), self.backwards)

    def _beyond(self, model: type[Model]) -> Q:
        column = self.order.column
        side = "lt" if self.order.descending != self.backwards else "gt"
        if self.value is None:
            same = Q(**{f"{column}__isnull": True, f"pk__{side}": self.pk})
            return same | Q(**{f"{column}__isnull": False}) if self.backwards else same
        # "At least" is what an index leads to; without it the database would read all rows up to the cursor.
        further = Q(**{f"{column}__{side}": self.value}) | Q(**{f"pk__{side}": self.pk})
        beyond = Q(**{f"{column}__{side}e": self.value}) & further
        if model._meta.get_field(column).null and not self.backwards:
            beyond |= Q(**{f"{column}__isnull": True})
        return beyond


@dataclass(frozen=True)
class Leaf:
    """Some rows of an ordered list, and the cursors that lead to those before and after them; empty where none are."""

    object_list: list[Any]
    count: int
    previous: str
    next: str

    @property
    def shown(self) -> int:
        return len(self.object_list)

    @property
    def has_other_pages(self) -> bool:
        return bool(self.previous or self.next)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)


def leaf(rows: QuerySet[Any], order: Order, size: int, text: str) -> Leaf:
    """The rows beside this cursor; what is no cursor of this list leads to its beginning."""
    count, cursor = rows.order_by().count(), _read(text, order, rows.model)
    found = list(cursor.rows(rows)[: size + 1]) if cursor else []
    if not found:
        cursor, found = None, list(order.apply(rows)[: size + 1])
    if not found:
        return Leaf([], count, "", "")
    more, found = len(found) > size, found[:size]
    is_backwards = bool(cursor and cursor.backwards)
    if is_backwards:
        found.reverse()
    first, last = Cursor.at(found[0], order, backwards=True), Cursor.at(found[-1], order, backwards=False)
    is_before = more if is_backwards else bool(cursor) and first.rows(rows).exists()
    is_after = last.rows(rows).exists() if is_backwards else more
    return Leaf(found, count, first.encode() if is_before else "", last.encode() if is_after else "")


def _read(text: str, order: Order, model: type[Model]) -> Cursor | None:
    try:
        return Cursor.decode(text, order, model)
    except ValueError:
        return None
