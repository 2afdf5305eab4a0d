"""What adds up the changes of a table: the SQL of triggers, which hear every write, whoever writes.

On PostgreSQL a function adds up what a statement changed, and adds each sum to a row of its key that nobody holds, or
to a new one: so nobody waits, whatever else their transaction locks, and nobody deadlocks.
On SQLite, where one writes at a time, each row is added to the one row of its key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Tally:
    """A table of totals: its keys and what is added up, as expressions of a row with a `sign`, 1 or -1."""

    table: str
    keys: dict[str, str]
    sums: dict[str, str]
    rows: str  # all the rows that are counted

    @property
    def columns(self) -> str:
        return ", ".join([*self.keys, *self.sums])

    def counted(self, rows: str) -> str:
        """A row for each key of these rows that does not add up to nothing."""
        keys = ", ".join(f"{expression} AS {name}" for name, expression in self.keys.items())
        added = {name: f"SUM(sign * ({expression}))" for name, expression in self.sums.items()}
        sums = ", ".join(f"{expression} AS {name}" for name, expression in added.items())
        places = ", ".join(str(place) for place, _ in enumerate(self.keys, 1))
        differs = " OR ".join(f"{expression} <> 0" for expression in added.values())
        return f"SELECT {keys}, {sums} FROM ({rows}) AS changed GROUP BY {places} HAVING {differs} ORDER BY {places}"


def make(connection: Any, triggers: dict[str, str], statements: Iterable[str]) -> None:
    """Make these triggers by their names and tables, anew where they are there already."""
    drop(connection, triggers)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop(connection: Any, triggers: dict[str, str]) -> None:
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name, table in triggers.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if is_postgresql else ""))
            if is_postgresql:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


# PostgreSQL

CAME, WENT = "SELECT 1 AS sign, came.* FROM came", "SELECT -1 AS sign, went.* FROM went"
CHANGED = {"insert": CAME, "update": f"{CAME} UNION ALL {WENT}", "delete": WENT}
KNOWN = {"insert": ["came"], "update": ["came", "went"], "delete": ["went"]}
REFERRED = {"came": "NEW TABLE AS came", "went": "OLD TABLE AS went"}


def after_statement(name: str, table: str, event: str, body: str) -> list[str]:
    known = " ".join(REFERRED[rows] for rows in KNOWN[event])
    return [
        function(name, body),
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {known}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def function(name: str, body: str) -> str:
    begin = "DECLARE change record;\nBEGIN"
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n{begin}{body}\n    RETURN NULL;\nEND $$"


def forget(*tables: str) -> str:
    """With its organization go the totals."""
    return "".join(f"\n    DELETE FROM {table} WHERE organization_id = OLD.id;" for table in tables)


def after_organization(name: str, body: str, vendor: str) -> list[str]:
    """After an organization is deleted."""
    table = "organizations_organization"
    if vendor == "sqlite":
        return [after_row(name, table, "delete", [body])]
    return [
        function(name, body),
        f"CREATE TRIGGER {name} AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def add(tally: Tally, changed: str) -> str:
    key = " AND ".join(f"{name} = change.{name}" for name in tally.keys)
    added = ", ".join(f"{name} = {name} + change.{name}" for name in tally.sums)
    values = ", ".join(f"change.{name}" for name in (*tally.keys, *tally.sums))
    return f"""
    FOR change IN {tally.counted(changed)} LOOP
        UPDATE {tally.table} SET {added}
        WHERE id = (SELECT id FROM {tally.table} WHERE {key} LIMIT 1 FOR UPDATE SKIP LOCKED);
        IF NOT FOUND THEN
            INSERT INTO {tally.table} ({tally.columns}) VALUES ({values});
        END IF;
    END LOOP;"""


# SQLite


def after_row(name: str, table: str, event: str, body: list[str], when: str = "") -> str:
    return f"CREATE TRIGGER {name} AFTER {event} ON {table} {when}BEGIN{''.join(body)} END"


def add_row(tally: Tally, row: str, sign: int) -> str:
    """To the one row of its key, which is there before anything is taken from it."""
    key = " AND ".join(f"{tally.table}.{name} = counted.{name}" for name in tally.keys)
    zeros = ", ".join([*(f"counted.{name}" for name in tally.keys), *("0" for _ in tally.sums)])
    counted = f"({tally.counted(row)}) AS counted"
    added = ", ".join(f"{name} = {tally.table}.{name} + counted.{name}" for name in tally.sums)
    begun = f"\n    INSERT INTO {tally.table} ({tally.columns}) SELECT {zeros} FROM {counted}"
    begun += f" WHERE NOT EXISTS (SELECT 1 FROM {tally.table} WHERE {key});"
    return (begun if sign > 0 else "") + f"\n    UPDATE {tally.table} SET {added} FROM {counted} WHERE {key};"
