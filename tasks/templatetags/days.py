"""Days in near words, and why somebody may not change a record."""

from typing import Any

from django import template

from tasks import days

register = template.Library()
register.filter(days.near)
register.filter(days.due)
register.filter(days.whole)
register.filter(days.past)


@register.filter
def reason_against(record: Any, by: Any) -> str:
    """Why this member may not change this record; empty where they may."""
    return record.reason_against(by)
