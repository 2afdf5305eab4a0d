"""The index of parts on SQLite: a table of FTS5 beside each that is searched, which triggers keep, whoever writes.

A migration that makes a table anew, as SQLite must for most changes, loses its triggers: `restore` makes them again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, register
from django.db import connection, migrations

SOUGHT = ("search_text", "phone_digits")
FEWEST = 3  # letters of a part
AS_PARTS = "tokenize = 'trigram case_sensitive 1'"


def parts_of(table: str) -> str:
    return f"{table}_parts"


def keep_parts(table: str, *columns: str) -> migrations.RunPython:
    """Make the index of these columns of a table, and keep it from now on."""

    def keep(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            _create(schema_editor.connection, table, columns)

    def keep_no_more(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            _run(schema_editor.connection, *_dropped_triggers(table), f"DROP TABLE {parts_of(table)}")

    return migrations.RunPython(keep, keep_no_more)


def _create(connection: Any, table: str, columns: Sequence[str]) -> None:
    parts = parts_of(table)
    content = f"content = '{table}', content_rowid = 'id', {AS_PARTS}"
    _run(connection, f"CREATE VIRTUAL TABLE {parts} USING fts5({', '.join(columns)}, {content})")
    _keep(connection, table, columns)


def _keep(connection: Any, table: str, columns: Sequence[str]) -> None:
    rebuilt = f"INSERT INTO {parts_of(table)} ({parts_of(table)}) VALUES ('rebuild')"
    _run(connection, *_dropped_triggers(table), *_triggers(table, columns), rebuilt)


def restore(connection: Any, model: Any) -> None:
    """Keep the index of this model's table again where it lost its triggers."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields if field.name in SOUGHT]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE %s", [f"{parts_of(table)}%"])
        there = {name for (name,) in cursor.fetchall()}
    if parts_of(table) in there and not {_name(table, "insert"), _name(table, "update")} <= there:
        _keep(connection, table, columns)


def _run(connection: Any, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _name(table: str, event: str) -> str:
    return f"{parts_of(table)}_{event}"


def _dropped_triggers(table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {_name(table, event)}" for event in ("insert", "update", "delete")]


def _triggers(table: str, columns: Sequence[str]) -> list[str]:
    parts, names = parts_of(table), ", ".join(columns)
    came = f"INSERT INTO {parts} (rowid, {names}) VALUES (NEW.id, {', '.join(f'NEW.{name}' for name in columns)});"
    went = f"INSERT INTO {parts} ({parts}, rowid, {names}) VALUES ('delete', OLD.id, "
    went += f"{', '.join(f'OLD.{name}' for name in columns)});"
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)
    return [
        f"CREATE TRIGGER {_name(table, 'insert')} AFTER INSERT ON {table} BEGIN {came} END",
        f"CREATE TRIGGER {_name(table, 'delete')} AFTER DELETE ON {table} BEGIN {went} END",
        f"CREATE TRIGGER {_name(table, 'update')} AFTER UPDATE OF {names} ON {table} WHEN {changed}"
        f" BEGIN {went} {came} END",
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
