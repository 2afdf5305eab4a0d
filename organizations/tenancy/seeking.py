"""How rows with some words in them are found: by an index of all their parts of three letters; see `parts.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from organizations.tenancy.fields import fold
from organizations.tenancy.parts import TELLING, are_few, is_indexed, telling
from organizations.tenancy.postgresql import RunOnPostgreSQL

EXTENSIONS = ("pg_trgm", "btree_gin")


class Among(Func):
    """Whether a neighbor is one of these. As an array they lead PostgreSQL to an index even beside an OR."""

    output_field = BooleanField()
    template = "%(expressions)s"
    arg_joiner = " IN "

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        array = {"template": "%(expressions)s)", "arg_joiner": " = ANY(ARRAY"}
        return self.as_sql(compiler, connection, **array, **context)


def is_written_in(words: str, has: str = "contains") -> Q:
    """The rows with these words in their `search_text`, letter case and accents apart.

    PostgreSQL compares the rows of each part of three letters: of many words that costs more than reading the rows
    that it finds by a few of them.
    """
    needle = fold(words.strip())
    if connection.vendor == "sqlite" or len(needle) <= TELLING:
        return Q(**{f"search_text__{has}": needle})
    place = StrIndex(F("search_text"), Value(needle))
    parts = [Q(**{f"search_text__{has}": part}) for part in telling(needle)]
    return reduce(and_, parts) & Q(GreaterThan(place, Value(0)))


def belongs_to(neighbor: str, rows: QuerySet[Any], words: str, has: str = "contains") -> Q:
    """The rows whose neighbor is one of those rows with these words in them."""
    return Q(Among(F(neighbor), Subquery(rows.filter(is_written_in(words, has)).order_by().values("pk"))))


def found(rows: Any, words: str, ways: Callable[[str], Sequence[Q]], *neighbors: Any) -> Any:
    """Those of these rows to which one of the ways leads, which look into texts by the lookup that they are given.

    SQLite reads a whole list for an OR. So it gets as one set what its index finds, where that is not too much: else
    the first page of the list has enough, and to make a set of all takes longer than to read it. That is asked at once.
    """
    lookup = _lookup_of_few(fold(words.strip()), rows.model, *neighbors) if connection.vendor == "sqlite" else None
    if lookup is None:
        return rows.filter(reduce(or_, ways("contains")))
    first, *others = [rows.model._base_manager.filter(way).order_by().values("pk") for way in ways(lookup)]
    return rows.filter(pk__in=first.union(*others))


def _lookup_of_few(needle: str, *searched: Any) -> str | None:
    """How SQLite's index finds few rows of these models; None where it finds many, or cannot tell."""
    if not is_indexed(needle):
        return None
    ways = {telling(needle): "is_indexed_by_part", (needle,): "is_indexed_with"}
    return next((lookup for sought, lookup in ways.items() if are_few(sought, *searched)), None)


class AddExtensions(RunOnPostgreSQL):
    """The two extensions that the index of parts needs; both come with PostgreSQL."""

    def __init__(self) -> None:
        super().__init__([f"CREATE EXTENSION IF NOT EXISTS {name}" for name in EXTENSIONS], RunOnPostgreSQL.noop)

    def deconstruct(self) -> Any:
        return type(self).__name__, [], {}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        except ProgrammingError as error:
            wanted = " ".join(f"CREATE EXTENSION {name};" for name in EXTENSIONS)
            raise ImproperlyConfigured(
                f"This database role may not add extensions. Let a superuser run in this database: {wanted}"
                " Then migrate again."
            ) from error


def index_parts(table: str, *columns: str) -> RunOnPostgreSQL:
    """An index of all parts of these columns, within the organization."""
    parts = ", ".join(f"{column} gin_trgm_ops" for column in columns)
    name = f"{table.split('_')[1]}_parts"
    return RunOnPostgreSQL(f"CREATE INDEX {name} ON {table} USING gin (organization_id, {parts})", f"DROP INDEX {name}")


def sort_in_soon(*names: str) -> RunOnPostgreSQL:
    """Put off less than usual what is new in these indexes of parts: each search reads all that was put off."""
    return RunOnPostgreSQL(
        [f"ALTER INDEX {name}_parts SET (gin_pending_list_limit = 64)" for name in names],
        [f"ALTER INDEX {name}_parts RESET (gin_pending_list_limit)" for name in names],
    )
