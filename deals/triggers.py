"""What keeps the totals: triggers, which hear every write, whoever writes.

On PostgreSQL a function adds up what a statement changed, and adds each sum to a row of its key that nobody holds, or
to a new one: so nobody waits, whatever else their transaction locks, and nobody deadlocks.
On SQLite, where one writes at a time, each row is added to the one row of its key.
A migration that changes a table named here drops the triggers first, and creates them again.
"""

from __future__ import annotations

from typing import Any

from deals.tallies import Tally, tallies, ways

DEALS, STEPS, ORGANIZATIONS = "deals_deal", "deals_stagechange", "organizations_organization"
EVENTS = ("insert", "update", "delete")
TRIGGERS = [(table, event) for table in (DEALS, STEPS) for event in EVENTS] + [(ORGANIZATIONS, "delete")]


def create(connection: Any) -> None:
    """Make the triggers, anew where they are there already."""
    drop(connection)
    with connection.cursor() as cursor:
        for statement in {"postgresql": _on_postgresql, "sqlite": _on_sqlite}[connection.vendor]():
            cursor.execute(statement)


def drop(connection: Any) -> None:
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table, event in TRIGGERS:
            name = _name(table, event)
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if is_postgresql else ""))
            if is_postgresql:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def restore(connection: Any) -> None:
    """SQLite changes a table by making it anew, without its triggers: so they are made after every migration."""
    kept = {tally.table for tally in tallies("sqlite")} <= set(connection.introspection.table_names())
    (create if kept else drop)(connection)


def _name(table: str, event: str) -> str:
    return f"{table}_{event}_kept"


def _forget() -> str:
    """With its organization go the totals."""
    tables = [tally.table for tally in tallies("sqlite")]
    return "".join(f"\n    DELETE FROM {table} WHERE organization_id = OLD.id;" for table in tables)


# PostgreSQL

CAME, WENT = "SELECT 1 AS sign, came.* FROM came", "SELECT -1 AS sign, went.* FROM went"
CHANGED = {"insert": CAME, "update": f"{CAME} UNION ALL {WENT}", "delete": WENT}
KNOWN = {"insert": ["came"], "update": ["came", "went"], "delete": ["went"]}
REFERRED = {"came": "NEW TABLE AS came", "went": "OLD TABLE AS went"}


def _on_postgresql() -> list[str]:
    of_deals, of_days, of_ways = tallies("postgresql")
    statements = []
    for event in EVENTS:
        changed = CHANGED[event]
        statements += _after_statement(DEALS, event, _add(of_deals, changed) + _add(of_days, changed))
        statements += _after_statement(STEPS, event, _add(of_ways, ways(_steps(event), "postgresql")))
    name = _name(ORGANIZATIONS, "delete")
    return [
        *statements,
        _function(name, _forget()),
        f"CREATE TRIGGER {name} AFTER DELETE ON {ORGANIZATIONS} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _after_statement(table: str, event: str, body: str) -> list[str]:
    name, known = _name(table, event), " ".join(REFERRED[rows] for rows in KNOWN[event])
    return [
        _function(name, body),
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {known}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def _function(name: str, body: str) -> str:
    begin = "DECLARE change record;\nBEGIN"
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n{begin}{body}\n    RETURN NULL;\nEND $$"


def _add(tally: Tally, changed: str) -> str:
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


def _steps(event: str) -> str:
    """The whole history of each deal that the statement wrote of: as it is now, and as it was before."""
    deals = " UNION ".join(f"SELECT deal_id FROM {rows}" for rows in KNOWN[event])
    here = f"{STEPS} AS step WHERE deal_id IN ({deals})"
    before = here if event == "delete" else f"{here} AND id NOT IN (SELECT id FROM came)"
    steps = f"SELECT 1 AS sign, step.* FROM {here} UNION ALL SELECT -1 AS sign, step.* FROM {before}"
    return steps if event == "insert" else f"{steps} UNION ALL {WENT}"


# SQLite

COUNTED = ("organization_id", "stage_id", "status", "currency", "amount", "created_at")


def _on_sqlite() -> list[str]:
    of_deals, of_days, of_ways = tallies("sqlite")
    statements = [
        f"CREATE TRIGGER {_name(ORGANIZATIONS, 'delete')} AFTER DELETE ON {ORGANIZATIONS} BEGIN{_forget()} END"
    ]
    for event in EVENTS:
        rows = {"insert": [("NEW", 1)], "update": [("OLD", -1), ("NEW", 1)], "delete": [("OLD", -1)]}[event]
        deals = [_add_row(tally, _row(row, sign), sign) for tally in (of_deals, of_days) for row, sign in rows]
        steps = [_add_row(of_ways, way, side) for row, sign in rows for way, side in _ways_beside(row, sign)]
        changed = f"WHEN {' OR '.join(f'OLD.{name} IS NOT NEW.{name}' for name in COUNTED)} " * (event == "update")
        statements += [_after_row(DEALS, event, changed, deals), _after_row(STEPS, event, "", steps)]
    return statements


def _after_row(table: str, event: str, when: str, body: list[str]) -> str:
    return f"CREATE TRIGGER {_name(table, event)} AFTER {event} ON {table} {when}BEGIN{''.join(body)} END"


def _row(row: str, sign: int) -> str:
    return f"SELECT {sign} AS sign, " + ", ".join(f"{row}.{name} AS {name}" for name in COUNTED)


def _ways_beside(row: str, sign: int) -> list[tuple[str, int]]:
    """The way of the row's deal with this row, and without it, which counts the other way round."""
    others = f"SELECT {{}} AS sign, step.* FROM (SELECT organization_id, deal_id, to_stage_id FROM {STEPS}"
    others += f" WHERE deal_id = {row}.deal_id AND id <> {row}.id{{}}) AS step"
    itself = f" UNION ALL SELECT {row}.organization_id, {row}.deal_id, {row}.to_stage_id"
    both = [(ways(others.format(sign, itself), "sqlite"), sign), (ways(others.format(-sign, ""), "sqlite"), -sign)]
    return both if sign < 0 else both[::-1]


def _add_row(tally: Tally, row: str, sign: int) -> str:
    """To the one row of its key, which is there before anything is taken from it."""
    key = " AND ".join(f"{tally.table}.{name} = counted.{name}" for name in tally.keys)
    zeros = ", ".join([*(f"counted.{name}" for name in tally.keys), *("0" for _ in tally.sums)])
    counted = f"({tally.counted(row)}) AS counted"
    added = ", ".join(f"{name} = {tally.table}.{name} + counted.{name}" for name in tally.sums)
    begun = f"\n    INSERT INTO {tally.table} ({tally.columns}) SELECT {zeros} FROM {counted}"
    begun += f" WHERE NOT EXISTS (SELECT 1 FROM {tally.table} WHERE {key});"
    return (begun if sign > 0 else "") + f"\n    UPDATE {tally.table} SET {added} FROM {counted} WHERE {key};"
