"""The totals held against the rows that they count: where they differ, and how they are set right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction

from deals.tallies import tallies_of
from organizations import row_totals
from organizations.tenancy.tallying import Tally


@dataclass(frozen=True)
class Difference:
    """Rows that a total of this key lacks, and sums that they bring; below zero, what it has too much."""

    table: str
    key: dict[str, Any]
    lacks: dict[str, int]

    def __str__(self) -> str:
        key = " ".join(f"{name}={value}" for name, value in self.key.items())
        lacks = " ".join(f"{name}{number:+d}" for name, number in self.lacks.items())
        return f"{self.table} {key}: {lacks}"


def differences(connection: Any) -> list[Difference]:
    """Each in one statement, so that a change on the way is in both or in neither."""
    of_rows = row_totals.tally(row_totals.counted_tables(apps.get_models()))
    return [found for tally in (*tallies_of(connection), of_rows) for found in _differences(tally, connection)]


def _differences(tally: Tally, connection: Any) -> list[Difference]:
    keys, sums = list(tally.keys), list(tally.sums)
    kept = f"SELECT {', '.join(keys)}, {', '.join(f'-{name} AS {name}' for name in sums)} FROM {tally.table}"
    added = ", ".join(f"SUM({name})" for name in sums)
    differs = " OR ".join(f"SUM({name}) <> 0" for name in sums)
    both = f"SELECT * FROM ({tally.counted(tally.rows)}) AS counted UNION ALL {kept}"
    grouped = f"SELECT {', '.join(keys)}, {added} FROM ({both}) AS both_sides GROUP BY {', '.join(keys)}"
    with connection.cursor() as cursor:
        cursor.execute(f"{grouped} HAVING {differs} ORDER BY {', '.join(keys)}")
        rows = cursor.fetchall()
    return [
        Difference(
            tally.table.partition("_")[2],
            dict(zip(keys, row, strict=False)),
            {name: int(number) for name, number in zip(sums, row[len(keys) :], strict=True)},
        )
        for row in rows
    ]


def mend(connection: Any) -> None:
    """Set right whatever `differences` may find."""
    rebuild(connection)
    row_totals.rebuild(connection)


def rebuild(connection: Any) -> None:
    """Count all deals anew. Writers wait meanwhile."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE deals_deal, deals_stagechange IN SHARE MODE")
        for tally in tallies_of(connection):
            cursor.execute(f"DELETE FROM {tally.table}")
            cursor.execute(f"INSERT INTO {tally.table} ({tally.columns}) {tally.counted(tally.rows)}")
