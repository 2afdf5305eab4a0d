"""What ended lately: how many of the deals that a board is about were won and lost since a day, and which."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict

from deals import closings
from deals.chips import kept
from deals.models import CLOSED
from deals.pipelines import Pipeline

NOT_ASKED = ("status", "closed_after", "closed_before", "pipeline_id")  # these the outcome says itself


def since(day: date, filters: Any, pipeline: Pipeline) -> dict[str, dict[str, Any]]:
    """By status the count, and the address of the list that has just these rows: one query."""
    asked = {"closed_after": day, "pipeline_id": pipeline}
    narrowed = {**filters.form.cleaned_data, **dict.fromkeys(NOT_ASKED), **asked}
    deals = filters.queryset
    for name, value in narrowed.items():
        deals = filters.filters[name].filter(deals, value)
    counts = closings.by_status(deals)
    lists = {status: _list(filters.data, status, day, pipeline) for status in CLOSED}
    return {status: {"count": counts.get(status, 0), "list": lists[status]} for status in CLOSED}


def _list(asked: QueryDict, status: str, day: date, pipeline: Pipeline) -> str:
    query = QueryDict(mutable=True)
    for name, value in kept(asked, *NOT_ASKED):
        query.appendlist(name, value)
    query["status"], query["closed_after"], query["pipeline_id"] = status, day.isoformat(), str(pipeline.pk)
    return f"?{query.urlencode()}"
