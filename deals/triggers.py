"""The triggers that keep the totals.

A migration that changes a table named here drops the triggers first, and creates them again.
"""

from __future__ import annotations

from typing import Any

from deals.tallies import WAYS, tallies_of, ways
from organizations.tenancy import tallying
from organizations.tenancy.tallying import CHANGED, KNOWN, WENT, Tally, add, add_row, after_row, after_statement

DEALS, STEPS, ORGANIZATIONS = "deals_deal", "deals_stagechange", "organizations_organization"
EVENTS = ("insert", "update", "delete")
FORGETTING = f"{ORGANIZATIONS}_delete_kept"


def create(connection: Any, *, without: str = "") -> None:
    """Make the triggers, anew where they are there already; of tables that are there, without one that will go."""
    found = [tally for tally in tallies_of(connection) if tally.table != without]
    forgetting = tallying.forget(*(tally.table for tally in found))
    of_deals, of_ways = ([tally for tally in found if (tally.table == WAYS) == is_way] for is_way in (False, True))
    adding = {"postgresql": _on_postgresql, "sqlite": _on_sqlite}[connection.vendor](of_deals, of_ways)
    made = tallying.after_organization(FORGETTING, forgetting, connection.vendor)
    tallying.make(connection, _triggers(), [*made, *adding])


def drop(connection: Any) -> None:
    tallying.drop(connection, _triggers())


def _triggers() -> dict[str, str]:
    return {FORGETTING: ORGANIZATIONS, **{_name(table, event): table for table in (DEALS, STEPS) for event in EVENTS}}


def _name(table: str, event: str) -> str:
    return f"{table}_{event}_kept"


def restore(connection: Any) -> None:
    """SQLite changes a table by making it anew, without its triggers: so they are made after every migration."""
    (create if tallies_of(connection) else drop)(connection)


# PostgreSQL


def _on_postgresql(of_deals: list[Tally], of_ways: list[Tally]) -> list[str]:
    statements = []
    for event in EVENTS:
        deals = "".join(add(tally, CHANGED[event]) for tally in of_deals)
        steps = "".join(add(tally, ways(_steps(event), "postgresql")) for tally in of_ways)
        statements += after_statement(_name(DEALS, event), DEALS, event, deals)
        statements += after_statement(_name(STEPS, event), STEPS, event, steps)
    return statements


def _steps(event: str) -> str:
    """The whole history of each deal that the statement wrote of: as it is now, and as it was before."""
    deals = " UNION ".join(f"SELECT deal_id FROM {rows}" for rows in KNOWN[event])
    here = f"{STEPS} AS step WHERE deal_id IN ({deals})"
    before = here if event == "delete" else f"{here} AND id NOT IN (SELECT id FROM came)"
    steps = f"SELECT 1 AS sign, step.* FROM {here} UNION ALL SELECT -1 AS sign, step.* FROM {before}"
    return steps if event == "insert" else f"{steps} UNION ALL {WENT}"


# SQLite

COUNTED = ("organization_id", "stage_id", "status", "currency", "amount", "created_at", "closed_at")


def _on_sqlite(of_deals: list[Tally], of_ways: list[Tally]) -> list[str]:
    statements = []
    for event in EVENTS:
        rows = {"insert": [("NEW", 1)], "update": [("OLD", -1), ("NEW", 1)], "delete": [("OLD", -1)]}[event]
        deals = [add_row(tally, _row(row, sign), sign) for tally in of_deals for row, sign in rows]
        beside = [way for row, sign in rows for way in _ways_beside(row, sign)]
        steps = [add_row(tally, way, side) for tally in of_ways for way, side in beside]
        changed = f"WHEN {' OR '.join(f'OLD.{name} IS NOT NEW.{name}' for name in COUNTED)} " * (event == "update")
        statements.append(after_row(_name(DEALS, event), DEALS, event, deals, changed))
        statements.append(after_row(_name(STEPS, event), STEPS, event, steps))
    return statements


def _row(row: str, sign: int) -> str:
    return f"SELECT {sign} AS sign, " + ", ".join(f"{row}.{name} AS {name}" for name in COUNTED)


def _ways_beside(row: str, sign: int) -> list[tuple[str, int]]:
    """The way of the row's deal with this row, and without it, which counts the other way round."""
    others = f"SELECT {{}} AS sign, step.* FROM (SELECT organization_id, deal_id, to_stage_id FROM {STEPS}"
    others += f" WHERE deal_id = {row}.deal_id AND id <> {row}.id{{}}) AS step"
    itself = f" UNION ALL SELECT {row}.organization_id, {row}.deal_id, {row}.to_stage_id"
    both = [(ways(others.format(sign, itself), "sqlite"), sign), (ways(others.format(-sign, ""), "sqlite"), -sign)]
    return both if sign < 0 else both[::-1]
