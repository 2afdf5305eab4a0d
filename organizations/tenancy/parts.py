"""The index of parts on SQLite: a table of FTS5 beside each that is searched, which triggers keep, whoever writes.

A migration that makes a table anew, as SQLite must for most changes, loses its triggers: `restore` makes them again.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.checks import Error, register
from django.db import connection, migrations, models
from django.db.models.expressions import Col

from organizations.tenancy import tallying

SOUGHT = ("search_text", "phone_digits")
LETTERS = 3  # of a part
TELLING = 8  # letters of a word
WORD = re.compile(rf"[^\W_]{{{LETTERS},}}")
MANY = 10_000  # rows: to make a set of more takes longer than to read them
AS_PARTS = "tokenize = 'trigram case_sensitive 1'"


def parts_of(table: str) -> str:
    return f"{table}_parts"


def is_indexed(needle: str) -> bool:
    """Whether the index can tell where this is written; fewer letters are no part."""
    return len(needle) >= LETTERS and "\0" not in needle


def telling(needle: str) -> tuple[str, ...]:
    """The two words of it, or a part of each, that tell it best from others: by their digits, then their letters.

    Between words there is little to tell: nearly every text has a part where one begins or ends.
    """
    words = [max(_parts(word), key=_weight) for word in WORD.findall(needle)]
    return tuple(sorted(dict.fromkeys(words), key=_weight, reverse=True)[:2]) or (needle[:TELLING],)


def _parts(word: str) -> list[str]:
    return [word[start : start + TELLING] for start in range(max(1, len(word) - TELLING + 1))]


def _weight(part: str) -> int:
    """Digits are rarely the same, letters in many texts."""
    each = [part[start : start + LETTERS] for start in range(len(part) - LETTERS + 1)]
    return sum(4 if letters.isdigit() else 1 for letters in each)


def _matching(table: str, column: str, *sought: str) -> tuple[str, str]:
    """Where the index finds all of these in a column, as SQL and its parameter."""
    phrases = [f'"{one}"' for one in (text.replace('"', '""') for text in sought)]
    return f"FROM {parts_of(table)} WHERE {parts_of(table)} MATCH %s", f"{column} : ({' AND '.join(phrases)})"


@models.TextField.register_lookup
class IsIndexedWith(models.lookups.Contains):
    """Whether SQLite's index of parts has this in a text; for words that are not indexed, whether the text has them."""

    lookup_name = "is_indexed_with"

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        if not is_indexed(self.rhs):
            return super().as_sql(compiler, connection)
        return self._indexed(compiler, self.rhs)

    def _indexed(self, compiler: Any, *sought: str) -> tuple[str, list[Any]]:
        column = self.lhs.target
        meta = column.model._meta
        pk, parameters = compiler.compile(Col(self.lhs.alias, meta.pk))
        matching, phrase = _matching(meta.db_table, column.column, *sought)
        return f"{pk} IN (SELECT rowid {matching})", [*parameters, phrase]

    def get_rhs_op(self, connection: Any, rhs: Any) -> Any:
        return connection.operators["contains"] % rhs


@models.TextField.register_lookup
class IsIndexedByPart(IsIndexedWith):
    """The same, and the index is asked for the words that tell most: it reads the rows of each part of a phrase."""

    lookup_name = "is_indexed_by_part"

    def _indexed(self, compiler: Any, *sought: str) -> tuple[str, list[Any]]:
        found, parameters = super()._indexed(compiler, *telling(self.rhs))
        text, of_text = compiler.compile(self.lhs)
        return f"({found} AND INSTR({text}, %s) > 0)", [*parameters, *of_text, *sought]


def are_few(sought: Iterable[str], *searched: Any) -> bool:
    """Whether all of these are in the `search_text` of fewer than MANY rows of these models."""
    found = [_matching(model._meta.db_table, "search_text", *sought) for model in searched]
    counts = [f"(SELECT COUNT(*) FROM (SELECT 1 {matching} LIMIT {MANY}))" for matching, _ in found]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {' + '.join(counts)}", [phrase for _, phrase in found])
        return bool(cursor.fetchone()[0] < MANY)


def keep_parts(table: str, *columns: str) -> migrations.RunPython:
    """Make the index of these columns of a table, and keep it from now on."""

    def keep(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            _create(schema_editor.connection, table, columns)

    def keep_no_more(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            tallying.drop(schema_editor.connection, _names(table))
            with schema_editor.connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE {parts_of(table)}")

    return migrations.RunPython(keep, keep_no_more)


def _create(connection: Any, table: str, columns: Sequence[str]) -> None:
    parts = parts_of(table)
    content = f"content = '{table}', content_rowid = 'id', {AS_PARTS}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE VIRTUAL TABLE {parts} USING fts5({', '.join(columns)}, {content})")
    _keep(connection, table, columns)


def _keep(connection: Any, table: str, columns: Sequence[str]) -> None:
    rebuilt = f"INSERT INTO {parts_of(table)} ({parts_of(table)}) VALUES ('rebuild')"
    tallying.make(connection, _names(table), [*_triggers(table, columns), rebuilt])


def restore(connection: Any, models: Iterable[Any]) -> None:
    """Keep the indexes of these models' tables again where they lost their triggers, as they can on SQLite alone."""
    for model in models if connection.vendor == "sqlite" else ():
        _restore(connection, model)


def _restore(connection: Any, model: Any) -> None:
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields if field.name in SOUGHT]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE %s", [f"{parts_of(table)}%"])
        there = {name for (name,) in cursor.fetchall()}
    if parts_of(table) in there and not {_name(table, "insert"), _name(table, "update")} <= there:
        _keep(connection, table, columns)


def _name(table: str, event: str) -> str:
    return f"{parts_of(table)}_{event}"


def _names(table: str) -> dict[str, str]:
    return {_name(table, event): table for event in ("insert", "update", "delete")}


def _triggers(table: str, columns: Sequence[str]) -> list[str]:
    parts, names = parts_of(table), ", ".join(columns)
    came = f" INSERT INTO {parts} (rowid, {names}) VALUES (NEW.id, {', '.join(f'NEW.{name}' for name in columns)});"
    went = f" INSERT INTO {parts} ({parts}, rowid, {names}) VALUES ('delete', OLD.id, "
    went += f"{', '.join(f'OLD.{name}' for name in columns)});"
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)
    return [
        tallying.after_row(_name(table, "insert"), table, "insert", [came]),
        tallying.after_row(_name(table, "delete"), table, "delete", [went]),
        tallying.after_row(_name(table, "update"), table, f"update of {names}", [went, came], f"WHEN {changed} "),
    ]


@register
def check_parts(app_configs: Any, **_: Any) -> list[Error]:
    """Refuse to start on a SQLite that cannot make the index, before the first search or write fails of it."""
    if connection.vendor != "sqlite" or _can_index():
        return []
    sentence = f"SQLite {sqlite3.sqlite_version} has no FTS5 with trigrams, which search needs."
    hint = "Take a Python with SQLite 3.34 or newer that has FTS5, or PostgreSQL by DATABASE_URL."
    return [Error(sentence, hint=hint, id="tenancy.E001")]


def _can_index() -> bool:
    with sqlite3.connect(":memory:") as memory:
        try:
            memory.execute(f"CREATE VIRTUAL TABLE probe USING fts5(text, {AS_PARTS})")
        except sqlite3.OperationalError:
            return False
    return True
