"""Which deals a report is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from analytics.periods import Period
from deals.models import Deal
from organizations.models import Membership
from organizations.tenancy.fields import Total


@dataclass(frozen=True)
class Scope:
    """The deals of an organization, or those of one pipeline or owner."""

    by: Membership
    pipeline_id: int | None = None
    owner_id: int | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.by.organization.time_zone)

    @property
    def owner(self) -> dict[str, int]:
        return {"owner": self.owner_id} if self.owner_id else {}

    def deals(self) -> Any:
        """For aggregates: in no order, which would group along."""
        pipeline = {"stage__pipeline": self.pipeline_id} if self.pipeline_id else {}
        return Deal.objects.for_membership(self.by).order_by().filter(**pipeline, **self.owner)


def within(field: str, period: Period, scope: Scope) -> Q:
    return Q(**{f"{field}__range": period.span(scope.zone)})


def counted(deals: Any, *by: str, **more: Any) -> list[Any]:
    """A row for each currency, and each value of `by`: how many deals, and the sum of their amounts."""
    return list(deals.values("currency", *by).annotate(count=Count("id"), sum=Total("amount"), **more))
