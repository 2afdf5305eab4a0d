"""What the totals count, in SQL: each table's keys and sums, and the rows that it is a recount of."""

from __future__ import annotations

from typing import Any

from deals import amounts
from organizations.tenancy.fields import HALF
from organizations.tenancy.tallying import Tally

WAYS = "deals_waytotal"
IS_CLOSED = "CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END"


def ways(steps: str, vendor: str) -> str:
    """The stages that each deal stood in, of these steps of its history."""
    distinct = f"SELECT DISTINCT sign, organization_id, deal_id, to_stage_id FROM ({steps}) AS step"
    gathered = {
        "postgresql": "string_agg(to_stage_id::text, ',' ORDER BY to_stage_id)",
        "sqlite": "group_concat(to_stage_id)",
    }
    return (
        f"SELECT sign, organization_id, {gathered[vendor]} AS stages"
        f" FROM ({distinct} WHERE to_stage_id IS NOT NULL ORDER BY deal_id, to_stage_id) AS stood"
        " GROUP BY sign, organization_id, deal_id"
    )


def tallies_of(connection: Any) -> list[Tally]:
    """Those whose tables are there, as a migration finds it."""
    tables = connection.introspection.table_names()
    return [tally for tally in tallies(connection.vendor) if tally.table in tables]


def tallies(vendor: str) -> tuple[Tally, ...]:
    """The totals of deals: by stage, by day, by amount and by when they were closed; and those of ways."""
    day = {"postgresql": "({} AT TIME ZONE 'UTC')::date", "sqlite": "date({})"}[vendor].format
    place = {"organization_id": "organization_id"}
    kind = {"stage": "stage_id", "status": "status", "currency": "currency"}
    of_amounts = {"status": "status", "currency": "currency"}
    of_closings = {"stage": "stage_id", "status": "status", "day": day("closed_at")}
    money = {"high": f"amount / {HALF}", "low": f"amount % {HALF}"}
    deals = "SELECT 1 AS sign, deals_deal.* FROM deals_deal"
    steps = "SELECT 1 AS sign, deals_stagechange.* FROM deals_stagechange"
    return (
        Tally("deals_dealtotal", {**place, **kind}, {"count": "1", **money}, deals),
        Tally("deals_daytotal", {**place, "day": day("created_at"), "currency": "currency"}, {"count": "1"}, deals),
        Tally("deals_amounttotal", {**place, **of_amounts, "step": amounts.SQL[vendor]}, {"count": "1"}, deals),
        Tally("deals_closingtotal", {**place, **of_closings}, {"count": IS_CLOSED}, deals),
        Tally(WAYS, {**place, "stages": "stages"}, {"count": "1"}, ways(steps, vendor)),
    )
