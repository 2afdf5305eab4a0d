"""How many rows of each kind an organization has: kept by the database itself, in the transaction of each change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.apps import apps
from django.db import migrations, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from organizations.tenancy import tallying
from organizations.tenancy.models import TenantModel
from organizations.tenancy.refusals import Forbidden
from organizations.tenancy.tallying import CHANGED, Tally, add, add_row, after_row, after_statement


class KeptTotal(TenantModel):
    """Rows that only triggers write; they go with their organization, to which nothing else binds them."""

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    version = created_at = updated_at = None  # type: ignore[assignment]

    class Meta:
        abstract = True

    def check_change(self, stored: Any, by: Any) -> None:
        raise Forbidden(_("Totals keep themselves."), "kept")

    def check_delete(self, by: Any) -> None:
        raise Forbidden(_("Totals keep themselves."), "kept")


class RowTotal(KeptTotal):
    """How many rows of one kind there are. There may be several of one key, whose sum counts."""

    kind = models.CharField(max_length=60, help_text="The table.")
    count = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organization", "kind"], name="row_total")]


TOTALS = "organizations_rowtotal"
SIGNS = {"insert": 1, "delete": -1}  # a row stays in its organization
OLD_OR_NEW = {"insert": "NEW", "delete": "OLD"}
FORGETTING = "organizations_organization_delete_counted"


def counted_tables(models: Iterable[Any]) -> list[str]:
    """Of those models that say so."""
    return [model._meta.db_table for model in models if getattr(model, "is_counted", False)]


def tally(tables: Iterable[str]) -> Tally:
    rows = [f"SELECT 1 AS sign, organization_id, '{table}' AS kind FROM {table}" for table in tables]
    keys = {"organization_id": "organization_id", "kind": "kind"}
    return Tally(TOTALS, keys, {"count": "1"}, " UNION ALL ".join(rows))


def count_rows(table: str) -> migrations.RunPython:
    """Count the rows of this table, from now on at each change. The triggers first: who writes meanwhile waits."""

    def keep(apps: Any, schema_editor: Any) -> None:
        _make(schema_editor.connection, table)
        _recount(schema_editor.connection, table)

    def keep_no_more(apps: Any, schema_editor: Any) -> None:
        tallying.drop(schema_editor.connection, _triggers(table))
        _forget(schema_editor.connection, table)

    return migrations.RunPython(keep, keep_no_more)


def forget_with_organization() -> migrations.RunPython:
    """With its organization go the totals."""

    def keep(apps: Any, schema_editor: Any) -> None:
        _make_forgetting(schema_editor.connection)

    def keep_no_more(apps: Any, schema_editor: Any) -> None:
        tallying.drop(schema_editor.connection, {FORGETTING: "organizations_organization"})

    return migrations.RunPython(keep, keep_no_more)


def restore(connection: Any, app: str, models: Iterable[Any]) -> None:
    """SQLite changes a table by making it anew, without its triggers: so they are made after every migration.

    Not where the migration that began to count this app's rows was taken back.
    """
    if connection.vendor != "sqlite" or not _is_counted(connection, app):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE '%%_counted'")
        there = {name for (name,) in cursor.fetchall()}
    for table in counted_tables(models):
        if not _triggers(table).keys() <= there:
            _make(connection, table)
            _recount(connection, table)
    if app == "organizations" and FORGETTING not in there:
        _make_forgetting(connection)


def _is_counted(connection: Any, app: str) -> bool:
    applied = MigrationRecorder(connection).applied_migrations()
    return any(of == app and name.endswith("_count_rows") for of, name in applied)


def rebuild(connection: Any) -> None:
    """Count all rows anew. Writers wait meanwhile."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for table in counted_tables(apps.get_models()):
            if connection.vendor == "postgresql":
                cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
            _recount(connection, table)


def _recount(connection: Any, table: str) -> None:
    kept = tally([table])
    _forget(connection, table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TOTALS} ({kept.columns}) {kept.counted(kept.rows)}")


def _forget(connection: Any, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TOTALS} WHERE kind = %s", [table])


def _make_forgetting(connection: Any) -> None:
    made = tallying.after_organization(FORGETTING, tallying.forget(TOTALS), connection.vendor)
    tallying.make(connection, {FORGETTING: "organizations_organization"}, made)


def _triggers(table: str) -> dict[str, str]:
    return {f"{table}_{event}_counted": table for event in SIGNS}


def _make(connection: Any, table: str) -> None:
    statements: list[str] = []
    for event, sign in SIGNS.items():
        name, kept = f"{table}_{event}_counted", tally([table])
        if connection.vendor == "postgresql":
            changed = f"SELECT sign, organization_id, '{table}' AS kind FROM ({CHANGED[event]}) AS rows"
            statements += after_statement(name, table, event, add(kept, changed))
        else:
            row = f"SELECT {sign} AS sign, {OLD_OR_NEW[event]}.organization_id AS organization_id, '{table}' AS kind"
            statements.append(after_row(name, table, event, [add_row(kept, row, sign)]))
    tallying.make(connection, _triggers(table), statements)
