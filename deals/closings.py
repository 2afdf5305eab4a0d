"""How many deals were closed since a moment: whole days from what is kept, the rest of the first from the deals."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.expressions import Col
from django.db.models.lookups import GreaterThanOrEqual
from django.db.models.sql.where import AND, WhereNode

from deals.totals import ClosingTotal, Unanswerable, condition

KEYS = ("organization", "stage", "status")


def by_status(deals: Any) -> dict[str, int]:
    """How many of these closed deals there are of each status: one query."""
    counts: dict[str, int] = {}
    for status, number in _rows(deals):
        counts[status] = counts.get(status, 0) + number
    return counts


def _rows(deals: Any) -> QuerySet[Any]:
    counted = deals.order_by().values_list("status").annotate(number=Count("pk"))
    try:
        since, narrowed = _said(deals)
    except Unanswerable:
        return counted
    midnight = _next_midnight(since)
    totals = ClosingTotal.objects.filter(narrowed, day__gte=midnight.date()).values_list("status")
    return totals.annotate(number=Sum("count")).union(counted.filter(closed_at__lt=midnight), all=True)


def _said(deals: Any) -> tuple[datetime, Q]:
    """The moment since when, and what narrows them besides. Raises Unanswerable where totals do not know that."""
    where = deals.query.where
    since = [node.rhs for node in where.children if _is_since(node)]
    if deals.is_shaped or where.negated or where.connector != AND or len(since) != 1:
        raise Unanswerable
    others = WhereNode([node for node in where.children if not _is_since(node)])
    return since[0], condition(others, deals.query, KEYS)


def _is_since(node: Any) -> bool:
    is_later = isinstance(node, GreaterThanOrEqual) and isinstance(node.lhs, Col)
    return is_later and node.lhs.target.name == "closed_at" and isinstance(node.rhs, datetime)


def _next_midnight(moment: datetime) -> datetime:
    """The first one of UTC that is not before it."""
    midnight = datetime.combine(moment.astimezone(UTC).date(), time.min, UTC)
    return midnight if midnight == moment else midnight + timedelta(days=1)
