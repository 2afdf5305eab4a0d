"""Entries of the timeline as people read them: under their days, with the names of today for what they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.models import Activity, Type
from deals.models import Status
from deals.pipelines import Stage
from organizations.models import Membership, User
from organizations.tenancy import clock


class Money(NamedTuple):
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Entry:
    """What happened, to be worded by `timeline/_sentence.html`."""

    activity: Activity
    day: str  # the heading above it; empty below another entry of the same day
    before: Any  # what a change changed: stages, amounts, users, names of statuses
    after: Any

    @property
    def who(self) -> str:
        return str(self.activity.author or _("The system"))


def entries(activities: Sequence[Activity], by: Membership, *, below: date | None = None) -> list[Entry]:
    """Newest first, and under the heading of the day `below`, if there is one already."""
    names = _Names(activities, by)
    read, last = [], below
    for activity in activities:
        day = timezone.localtime(activity.created_at).date()
        heading = day_in_words(day) if day != last else ""
        last = day
        read.append(Entry(activity, heading, names.of(activity, "from"), names.of(activity, "to")))
    return read


def day_in_words(day: date) -> str:
    today = timezone.localtime(clock.now()).date()
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return date_format(day, "l j E" if day.year == today.year else "l j E Y")


class _Names:
    """The stages and the people that some entries tell of; two queries at most, however many they are."""

    def __init__(self, activities: Iterable[Activity], by: Membership):
        told = {
            kind: [one for one in activities if one.type == kind] for kind in (Type.STAGE_CHANGED, Type.OWNER_CHANGED)
        }
        stages = Stage.objects.for_membership(by).counted() if told[Type.STAGE_CHANGED] else ()
        self.stages = {(stage.pipeline_id, stage.slug): stage for stage in stages}
        self.anywhere = {stage.slug: stage for stage in stages}
        ids = {one.payload.get(side) for one in told[Type.OWNER_CHANGED] for side in ("from", "to")}
        self.people = User.objects.in_bulk([number for number in ids if number]) if ids else {}

    def of(self, activity: Activity, side: str) -> Any:
        value = activity.payload.get(side)
        if activity.type == Type.STAGE_CHANGED:
            here = self.stages.get((activity.deal.stage.pipeline_id, value))
            return here or self.anywhere.get(value, value)
        if activity.type == Type.OWNER_CHANGED:
            return self.people.get(value, _("somebody who left"))
        if activity.type == Type.AMOUNT_CHANGED:
            return Money(Decimal(value), activity.payload[f"{side}_currency"])
        if activity.type == Type.STATUS_CHANGED:
            return Status(value).label
        return value
