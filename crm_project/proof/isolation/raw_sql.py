"""The second line on PostgreSQL: SQL without a filter, by a role bound as the server is, sees only its own rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, transaction

from crm_project.proof.isolation.world import Place
from organizations.tenancy.models import TenantModel

ROLE = "kontor_proof"  # made inside a transaction that is undone
REFUSALS = ("row-level security", "neither changed nor deleted")  # of the policies, and of the audit, which is fixed


def tenant_tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)]


def is_possible() -> bool:
    """Whether this is PostgreSQL, and the proof may make a role there."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def prove(ours: Place, theirs: Place) -> tuple[int, list[str]]:
    """How many statements were tried, and what is wrong with their answers."""
    tried, wrong = 0, []
    with bound_role():
        for table in tenant_tables():
            for name, sentence in _findings(table, ours.organization.pk, theirs.organization.pk):
                tried += 1
                wrong += [f"SQL on {table}, {name}: {sentence}"] if sentence else []
    return tried, wrong


def _findings(table: str, ours: int, theirs: int) -> Iterator[tuple[str, str]]:
    owners = f"SELECT DISTINCT organization_id FROM {table}"
    yield "reading all", _unless(_as_bound(ours, owners), [(ours,)])
    yield "reading all, nowhere", _unless(_as_bound("", owners), [])
    yield "reading theirs", _unless(_as_bound(ours, f"{owners} WHERE organization_id = {theirs}"), [])
    moved = f"UPDATE {table} SET organization_id = {ours} WHERE organization_id = {theirs} RETURNING 1"
    yield "taking theirs", _unless(_as_bound(ours, moved), [])
    given = f"UPDATE {table} SET organization_id = {theirs} RETURNING 1"
    yield "giving ours away", _unless(_as_bound(ours, given), "refused")
    deleted = f"DELETE FROM {table} WHERE organization_id = {theirs} RETURNING 1"
    yield "deleting theirs", _unless(_as_bound(ours, deleted), [])


def _unless(found: Any, expected: Any) -> str:
    return "" if found == expected else f"answers {found}, not {expected}."


def _as_bound(organization_id: Any, sql: str) -> Any:
    """What this answers in this organization."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.organization_id', %s, true)", [str(organization_id)])
        try:
            with transaction.atomic():
                cursor.execute(sql)
                return cursor.fetchall()
        except DatabaseError as error:
            return "refused" if any(word in str(error) for word in REFUSALS) else str(error)


@contextmanager
def bound_role() -> Iterator[None]:
    """Everything inside is done by a new role that may read and write every table, and is gone afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {ROLE}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}")
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield
        transaction.set_rollback(True)
