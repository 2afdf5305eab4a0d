"""Totals of deals that the database keeps by itself, in the transaction of each change: see `triggers.py`.

Of one key there may be several rows, whose sum counts: of those who write at the same time nobody waits for another.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.expressions import Col
from django.db.models.lookups import IsNull, Lookup
from django.db.models.sql.where import XOR, WhereNode

from deals.pipelines import Stage
from organizations.row_totals import KeptTotal
from organizations.tenancy.fields import HALF, CurrencyField, Total
from organizations.tenancy.marks import Mark

KEYS = ("organization", "stage", "status", "currency")
COLLECTIONS = (list, tuple, set)


class DealTotal(KeptTotal):
    """How many deals of one stage, status and currency there are, and the sum of their amounts in two halves."""

    stage = models.BigIntegerField()
    status = models.CharField(max_length=12)
    currency = CurrencyField()
    count = models.BigIntegerField()
    high = models.BigIntegerField(help_text="Of each amount, in hundredths, what is above nine digits.")
    low = models.BigIntegerField(help_text="The last nine digits of each, added up: a sum of amounts outgrows 64 bits.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organization", "stage", "status", "currency"], name="deal_total")]


class DayTotal(KeptTotal):
    """How many deals of one currency were created on one day of UTC."""

    day = models.DateField()
    currency = CurrencyField()
    count = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organization", "day", "currency"], name="day_total")]


class WayTotal(KeptTotal):
    """How many deals stood in these stages so far, and in no others; their ids, separated by commas."""

    stages = models.TextField()
    count = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organization", "stages"], name="way_total")]


class AmountTotal(KeptTotal):
    """How many deals of one status and currency have an amount of one step; see `amounts.py`."""

    status = models.CharField(max_length=12)
    currency = CurrencyField()
    step = models.BigIntegerField()
    count = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organization", "status", "currency", "step"], name="amount_total")]


class ClosingTotal(KeptTotal):
    """How many deals of one stage and status were closed on one day of UTC."""

    stage = models.BigIntegerField()
    status = models.CharField(max_length=12)
    day = models.DateField()
    count = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organization", "day", "stage", "status"], name="closing_total")]


class Unanswerable(Exception):
    """The totals do not know what was asked."""


def totals_of(deals: Any) -> QuerySet[DealTotal] | None:
    """The totals that these deals are counted in; None where they are narrowed by more than the keys."""
    try:
        return None if deals.is_shaped else DealTotal.objects.filter(condition(deals.query.where, deals.query))
    except Unanswerable:
        return None


def tally(deals: QuerySet[Any], *by: str) -> list[dict[str, Any]]:
    """A row for each currency, and each `stage` or `status` where named: how many deals, and the sum of amounts."""
    totals = totals_of(deals)
    if totals is None:
        counted = deals.order_by().values("currency", *by)
        return list(counted.annotate(count=Count("pk"), sum=Total("amount")))
    return [tallied(row) for row in summed(totals, *by)]


def summed(totals: QuerySet[DealTotal], *by: str) -> QuerySet[Any]:
    """The rows of `tally` as the database adds them up, each to be read by `tallied`."""
    sums = {"number": Sum("count"), "high_sum": Sum("high"), "low_sum": Sum("low")}
    rows: Any = totals.values("currency", *by).annotate(**sums).exclude(number=0)
    return rows


def tallied(row: dict[str, Any]) -> dict[str, Any]:
    count, high, low = (int(row.pop(name)) for name in ("number", "high_sum", "low_sum"))
    return {**row, "count": count, "sum": Decimal(high * HALF + low).scaleb(-2)}


def condition(node: Any, query: Any, keys: tuple[str, ...] = KEYS) -> Q:
    """What narrows the deals, said of totals with these keys. Raises Unanswerable where it names something else."""
    if isinstance(node, WhereNode) and node.connector != XOR:
        parts = [condition(child, query, keys) for child in node.children]
        return Q(*parts, _connector=node.connector, _negated=node.negated)
    if isinstance(node, IsNull) and isinstance(node.lhs, Col) and node.lhs.target.name == "closed_at":
        return Q(status__in=["won", "lost"], _negated=node.rhs)  # as a constraint of the deals says
    if isinstance(node, Lookup) and isinstance(node.lhs, Col):
        wanted = {"exact": [node.rhs], "in": node.rhs}.get(str(node.lookup_name))
        if isinstance(wanted, COLLECTIONS) and all(isinstance(value, int | str | Mark) for value in wanted):
            return _of_column(node, query, keys)
    raise Unanswerable


def _of_column(node: Any, query: Any, keys: tuple[str, ...]) -> Q:
    table, name = query.alias_map[node.lhs.alias].table_name, node.lhs.target.name
    narrowed = {f"{name}__{node.lookup_name}": node.rhs}
    if table == query.get_meta().db_table and name in keys:
        return Q(**narrowed)
    if "stage" in keys and table == Stage._meta.db_table:
        return Q(Exists(Stage.objects.filter(pk=OuterRef("stage"), organization=OuterRef("organization"), **narrowed)))
    raise Unanswerable
