"""Which list of deals is behind a figure: the same deals, named by the filters of that list."""

from typing import Any

from analytics.figures import Scope
from analytics.periods import Period
from deals.models import CLOSED, Status
from organizations.roles import Power

STATUSES: dict[str, list[str]] = {
    "": [],
    "open": [status for status in Status.values if status not in CLOSED],
    "closed": list(CLOSED),
    "won": [Status.WON],
    "lost": [Status.LOST],
}


def filters_behind(
    scope: Scope, status: str, *, closed: Period | None = None, created: Period | None = None, **more: Any
) -> dict[str, Any]:
    """The filters of these deals; what is None does not narrow."""
    return {
        "pipeline_id": scope.pipeline_id,
        "owner_id": scope.owner_id,
        "status": STATUSES[status],
        "closed_after": closed and closed.first,
        "closed_before": closed and closed.last,
        "created_after": created and created.first,
        "created_before": created and created.last,
        **more,
    }


def may_follow(scope: Scope, filters: dict[str, Any]) -> bool:
    """A member reads the sums of others, but lists only their own deals."""
    return filters["owner_id"] in (None, scope.by.user_id) or scope.by.may(Power.FILTER_BY_OWNER)
