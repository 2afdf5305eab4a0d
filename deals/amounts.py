"""How many deals there are by their amounts: whole steps from what is kept, the rest of a step from the deals.

A step is what amounts of as many digits with the same two at their head have in common, of whole hundredths. So a
step is never wider than a tenth of its amounts, and amounts as people ask for begin one.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Count, Q, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Col
from django.db.models.functions import Cast, Coalesce, Greatest, Left, Length, RPad
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.db.models.sql.where import AND, WhereNode

from deals.totals import AmountTotal, Unanswerable, condition
from organizations.models import Organization
from organizations.tenancy.marks import Mark
from organizations.tenancy.models import added_up

HEAD, STEPS = 2, 90  # digits, and how many numbers there are of so many
KEYS = ("organization", "status", "currency")
BEYOND = 10**18  # what no column of money holds
NUMBER = BigIntegerField()
SQL = {
    "postgresql": f"(GREATEST(length(amount::text), {HEAD}) - {HEAD}) * {STEPS} + left(amount::text, {HEAD})::bigint",
    "sqlite": f"(MAX(length(amount), {HEAD}) - {HEAD}) * {STEPS} + CAST(substr(amount, 1, {HEAD}) AS INTEGER)",
}


def number_of(deals: Any) -> QuerySet[Any] | None:
    """A question of one column for how many there are; None where they are narrowed by more than keys and amounts."""
    where = deals.query.where
    if deals.is_shaped or deals.place is None or where.negated or where.connector != AND:
        return None
    ends = [node for node in where.children if _is_end(node)]
    others = WhereNode([node for node in where.children if not _is_end(node)])
    try:
        return _between(deals, condition(others, deals.query, KEYS), *_one_each(ends))
    except Unanswerable:
        return None


def _is_end(node: Any) -> bool:
    is_comparison = isinstance(node, GreaterThanOrEqual | LessThanOrEqual) and isinstance(node.lhs, Col)
    return is_comparison and node.lhs.target.name == "amount" and _is_amount(node.rhs)


def _is_amount(cents: Any) -> bool:
    return isinstance(cents, Mark) or (isinstance(cents, int) and 0 <= cents < BEYOND)


def _one_each(ends: list[Any]) -> tuple[Any, Any]:
    """The least and the greatest amount, None where it is open."""
    since = [node.rhs for node in ends if isinstance(node, GreaterThanOrEqual)]
    until = [node.rhs for node in ends if isinstance(node, LessThanOrEqual)]
    if not ends or len(since) > 1 or len(until) > 1:
        raise Unanswerable
    return next(iter(since), None), next(iter(until), None)


def _between(deals: Any, narrowed: Q, since: Any, until: Any) -> QuerySet[Any]:
    number = _kept(narrowed) if until is None else _below(deals.model, narrowed, _exact(until) + 1)
    if since is not None:
        number -= _below(deals.model, narrowed, _exact(since))
    here = Organization.objects.filter(pk=deals.place).order_by()
    return here.annotate(total=Greatest(number, Value(0))).values_list("total")


def _below(model: Any, narrowed: Q, cents: Any) -> Any:
    """How many have an amount less than this."""
    digits = Cast(cents, TextField())
    head = Left(digits, HEAD)
    step = (Greatest(Length(digits), Value(HEAD)) - HEAD) * STEPS + Cast(head, NUMBER)
    begun = Cast(RPad(head, Length(digits), Value("0")), NUMBER)
    rest = model.objects.filter(narrowed, amount__gte=begun, amount__lt=cents).order_by()
    counted = rest.values("organization").annotate(total=Count("pk")).values("total")
    return _kept(narrowed, step__lt=step) + _or_none(counted)


def _kept(narrowed: Q, **steps: Any) -> Any:
    return _or_none(added_up(AmountTotal.objects.filter(narrowed, **steps)))


def _or_none(total: QuerySet[Any]) -> Any:
    return Coalesce(Subquery(total, NUMBER), Value(0), output_field=NUMBER)


def _exact(cents: Any) -> Any:
    """This amount, which a column of money would take for another one."""
    return Cast(cents if isinstance(cents, Mark) else Value(cents), NUMBER)
