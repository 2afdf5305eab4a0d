"""A deal in the table."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from deals.models import Deal
from deals.rows import row_of
from organizations.tenancy.drawing import drawn, place

register = template.Library()
IN_LIST = "\0"  # where the list that one came from stands in a row that is drawn for all of them; no text holds it


@register.simple_tag(takes_context=True)
def deal_row(context: Any, deal: Deal) -> str:
    """This deal with the `columns` that are chosen, and its place `in_list`."""
    here, columns = context["here"], tuple(context["columns"])
    shown = row_of(deal, here, context["today"])
    text = drawn("deals/_row.html", deal=shown, stay=shown.stay, here=place(here), columns=columns, in_list=IN_LIST)
    return mark_safe(text.replace(IN_LIST, conditional_escape(context["in_list"])))
