"""Writes rows by the thousand: with COPY on PostgreSQL, in batches on SQLite.

The columns are those of the model, so that a new one is written too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from typing import Any

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault

from activities.models import Activity
from contacts.models import Company, Contact
from deals import recount
from deals.models import Deal, StageChange
from tasks.models import Task

AS_THEY_ARE = {  # what psycopg takes as Django hands it out
    models.BigAutoField,
    models.BooleanField,
    models.DateField,
    models.DateTimeField,
    models.ForeignKey,
    models.PositiveBigIntegerField,
    models.PositiveIntegerField,
    models.TextField,
}
ORDER: tuple[type[Model], ...] = (Company, Contact, Deal, Task, StageChange, Activity)  # each behind its neighbors


@contextmanager
def loading() -> Iterator[None]:
    """Around a whole load: where triggers rest, the totals are counted once after it.

    Who kills it in the middle sets them right with `check_totals --mend`.
    """
    try:
        yield
    finally:  # what was written before something failed stays
        if _triggers_can_rest():
            recount.mend(connection)
        _settle()


def _triggers_can_rest() -> bool:
    """Only a superuser of PostgreSQL may send them to sleep."""
    return connection.vendor == "postgresql" and _execute("SELECT current_setting('is_superuser')") == "on"


def _execute(statement: str) -> Any:
    """The first value that it answers, if any."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def _settle() -> None:
    """The next id follows the last one, and the database knows what is there as it would after a while."""
    is_alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(ORDER)):
            cursor.execute(statement)
        for model in ORDER:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"{'VACUUM (ANALYZE)' if is_alone else 'ANALYZE'} {table}")


@transaction.atomic
def write(rows: Sequence[Model]) -> None:
    """All of these rows, of whatever model, or none."""
    if _triggers_can_rest():  # and checks of foreign keys; for this transaction only, as a pool may lend the session
        _execute("SET LOCAL session_replication_role = replica")
    for model in ORDER:
        if batch := [row for row in rows if type(row) is model]:
            _write_to(model, batch)


def _write_to(model: type[Model], rows: Sequence[Model]) -> None:
    database = connections[DEFAULT_DB_ALIAS]  # not its proxy, which would look for it at each value
    fields = _fields(model, rows[0])
    readers = [_reader(field, database) for field in fields]
    values = ([read(row) for read in readers] for row in rows)
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


def _reader(field: Any, database: Any) -> Callable[[Model], Any]:
    """What brings a row's value into the form that the driver takes, the shortest way: it is gone millions of times."""
    if database.vendor == "postgresql" and type(field) in AS_THEY_ARE:
        return attrgetter(field.attname)
    return lambda row: field.get_db_prep_save(field.pre_save(row, True), database)


def _fields(model: type[Model], row: Model) -> list[Any]:
    """Those that we write; the others the database fills in itself."""
    fields: list[Any] = [field for field in model._meta.concrete_fields if not field.generated]
    return [field for field in fields if not isinstance(getattr(row, field.attname), DatabaseDefault)]
