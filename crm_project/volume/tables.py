"""Writes rows by the thousand: with COPY on PostgreSQL, in batches on SQLite.

The columns are those of the model, so that a new one is written too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault

from activities.models import Activity
from contacts.models import Company, Contact
from deals.models import Deal, StageChange
from tasks.models import Task

ORDER: tuple[type[Model], ...] = (Company, Contact, Deal, Task, StageChange, Activity)  # each behind its neighbors


@contextmanager
def loading() -> Iterator[None]:
    """Around a whole load. What tables do for each row (triggers) could be switched off here, and made good after."""
    yield
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(ORDER)):
            cursor.execute(statement)
        for model in ORDER:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


@transaction.atomic
def write(rows: Sequence[Model]) -> None:
    """All of these rows, of whatever model, or none."""
    for model in ORDER:
        if batch := [row for row in rows if type(row) is model]:
            _write_to(model, batch)


def _write_to(model: type[Model], rows: Sequence[Model]) -> None:
    database = connections[DEFAULT_DB_ALIAS]  # not its proxy, which would look for it at each value
    fields = _fields(model, rows[0])
    values = ([field.get_db_prep_save(field.pre_save(row, True), database) for field in fields] for row in rows)
    quote = database.ops.quote_name
    table, columns = quote(model._meta.db_table), ", ".join(quote(field.column) for field in fields)
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", [*values])


def _fields(model: type[Model], row: Model) -> list[Any]:
    """Those that we write; the others the database fills in itself."""
    fields: list[Any] = [field for field in model._meta.concrete_fields if not field.generated]
    return [field for field in fields if not isinstance(getattr(row, field.attname), DatabaseDefault)]
