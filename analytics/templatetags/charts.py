"""Figures drawn, and with a way to the deals behind them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from analytics import charts
from analytics.links import filters_behind, may_follow

register = template.Library()


# The way to the deals


@register.simple_block_tag(takes_context=True)
def deals(context: Any, content: str, status: str = "", **filters: Any) -> str:
    """`{% deals "won" closed=period %}12 deals{% enddeals %}`: a link to these deals, for who may list them."""
    scope = context["scope"]
    query = filters_behind(scope, status, **filters)
    if not may_follow(scope, query):
        return format_html("{}", content)
    chosen = {name: value for name, value in query.items() if value not in (None, [])}
    address = reverse("deals:list", kwargs={"organization": scope.by.organization.slug})
    return format_html('<a class="behind" href="{}?{}">{}</a>', address, urlencode(chosen, doseq=True), content)


# Drawings


@register.filter
def with_columns(months: list[Any]) -> list[Any]:
    """Each month with its column."""
    values = [Decimal(month["amount"]) for month in months]
    columns = charts.columns(values, [Decimal(month["before"]["amount"]) for month in months])
    return [{**month, "column": column} for month, column in zip(months, columns, strict=True)]


@register.filter
def with_bands(stages: list[Any]) -> list[Any]:
    """Each stage with the path of its band, the length of its bar, and the share that went on from it."""
    reached = [stage["reached"] for stage in stages]
    shapes = zip(stages, charts.bands(reached), charts.shares(reached), [*stages[1:], None], strict=True)
    return [
        {**stage, "path": path, "share": share, "onward": after and after["went_on"]}
        for stage, path, share, after in shapes
    ]


@register.filter
def with_bars(owners: list[Any]) -> list[Any]:
    """Each owner with the length of their bar."""
    lengths = charts.shares([Decimal(owner["amount"]) for owner in owners])
    return [{**owner, "share": share} for owner, share in zip(owners, lengths, strict=True)]
