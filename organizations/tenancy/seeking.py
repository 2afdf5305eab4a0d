"""How rows with some words in them are found: by an index of all their parts of three letters; see `parts.py`."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery, TextField
from django.db.models.expressions import Col
from django.db.models.lookups import Contains

from organizations.tenancy.fields import fold
from organizations.tenancy.parts import FEWEST, parts_of
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


@TextField.register_lookup
class Has(Contains):
    """Whether a text has this part, by the index of parts. Fewer letters than a part has are in no such index."""

    lookup_name = "has"

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        if len(self.rhs) < FEWEST or "\0" in self.rhs:
            return self.as_sql(compiler, connection)
        column = self.lhs.target
        table, pk = column.model._meta.db_table, Col(self.lhs.alias, column.model._meta.pk)
        parts, sought = parts_of(table), self.rhs.replace('"', '""')
        sql, parameters = compiler.compile(pk)
        found = f"{sql} IN (SELECT rowid FROM {parts} WHERE {parts} MATCH %s)"
        return found, [*parameters, f'{column.column} : "{sought}"']

    def get_rhs_op(self, connection: Any, rhs: Any) -> Any:
        return connection.operators["contains"] % rhs


def is_written_in(words: str) -> Q:
    """The rows with these words in their `search_text`, letter case and accents apart."""
    return Q(search_text__has=fold(words.strip()))


def belongs_to(neighbor: str, rows: QuerySet[Any], words: str) -> Q:
    """The rows whose neighbor is one of those rows with these words in them."""
    return Q(Among(F(neighbor), Subquery(rows.filter(is_written_in(words)).order_by().values("pk"))))


def found(rows: Any, words: str, *ways: Q) -> Any:
    """Those of these rows to which one of these ways leads.

    SQLite reads a whole list for an OR. So it gets what is found as one set, but for words of a letter or two: these
    are in so many rows that the first page of the list has enough of them.
    """
    if connection.vendor != "sqlite" or len(fold(words.strip())) < FEWEST:
        return rows.filter(reduce(or_, ways))
    each = [rows.model._base_manager.filter(way).order_by().values("pk") for way in ways]
    return rows.filter(pk__in=each[0].union(*each[1:]))


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
