"""What a record was when it was loaded, and how it merges with what others changed since."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from django.db import models

from organizations.tenancy.kept import Kept, Value


class Remembering(models.Model):
    """A row that knows which of its columns were changed since they were loaded."""

    class Meta:
        abstract = True

    _loaded: dict[str, Any] = {}
    held: Self | None = None  # the row as it is stored, while the open transaction has it locked

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **options: Any) -> Self:
        record = super().from_db(db, field_names, values, **options)
        record._loaded = dict(zip(field_names, values, strict=False))
        return record

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        named = None if fields is None else set(fields)
        super().refresh_from_db(using, named, from_queryset)
        fresh = self._columns()
        if named is not None:
            loaded = {field.attname for field in self._meta.concrete_fields if {field.name, field.attname} & named}
            fresh = {**self._loaded, **{name: fresh[name] for name in loaded}}
        self._loaded = fresh

    def changed_fields(self) -> set[str]:
        """The columns that differ from what was loaded; all of them for a new row."""
        return {name for name, value in self._columns().items() if self._loaded.get(name, self) != value}

    def _columns(self) -> dict[str, Any]:
        """The values of the loaded columns by name; a deferred one is not there."""
        names = [field.attname for field in self._meta.concrete_fields]
        return {name: self.__dict__[name] for name in names if name in self.__dict__}

    def adopt(self, stored: Self) -> None:
        """Take over what others changed since this record was loaded, where it was not changed here."""
        ours = self.changed_fields()
        for name, value in stored._columns().items():
            if name not in ours:
                setattr(self, name, value)
        self._loaded = stored._columns()
        self._share_neighbors(stored)

    def _share_neighbors(self, stored: Self) -> None:
        """What one of the two has loaded, the other need not ask for."""
        relations: list[Any] = [field for field in self._meta.concrete_fields if field.is_relation]
        for field in relations:
            if getattr(self, field.attname) == getattr(stored, field.attname):
                for one, other in ((self, stored), (stored, self)):
                    if field.is_cached(one) and not field.is_cached(other):
                        field.set_cached_value(other, field.get_cached_value(one))

    def loaded_neighbor(self, name: str) -> Any:
        """The neighbor if it is loaded already, else None: asks nobody."""
        return self._state.fields_cache.get(name)

    def settle(self) -> None:
        """From now on, changes are counted from what is stored now."""
        self._loaded, self.held = self._columns(), None

    def snapshot(self) -> Self:
        """This record as it was loaded, for a form that wants to know the answer before the lock is held."""
        stored = copy.copy(self)
        for name, value in self._loaded.items():
            setattr(stored, name, value)
        return stored

    def forget_torn_neighbors(self) -> None:
        """Those that were read along with an older state of this row, which named others."""
        relations: list[Any] = [field for field in self._meta.concrete_fields if field.is_relation]
        for field in relations:
            neighbor = self.loaded_neighbor(field.name)
            if field.is_cached(self) and getattr(neighbor, "pk", None) != getattr(self, field.attname):
                field.delete_cached_value(self)


@dataclass(frozen=True)
class OneRow:
    """The row that `make` finds by these values; it looks at nothing else, for its query is kept."""

    make: Callable[..., models.QuerySet[Any]]
    values: tuple[Value, ...]

    @property
    def rows(self) -> models.QuerySet[Any]:
        return self.make(*self.values)


def hold(one: OneRow) -> Any:
    """This row, locked until the transaction ends, with the neighbors that the query asks for.

    If the row left a neighbor while we waited for it, PostgreSQL joins what it has by now with what it had then: it
    misses the row, or takes an optional neighbor for none.
    """
    found = _locking(one.make).rows(*one.values)
    record = found[0] if found else one.rows.select_for_update(of=("self",)).select_related(None).get()
    record.forget_torn_neighbors()
    record.held = copy.copy(record)
    return record


@cache
def _locking(make: Callable[..., models.QuerySet[Any]]) -> Kept:
    return Kept(lambda *marks: make(*marks).select_for_update(of=("self",)))
