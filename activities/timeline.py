"""What changed, in the words of the timeline: the only place that turns changes into entries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from activities.models import Activity, Type
from deals.models import Deal
from organizations.models import Membership
from organizations.tenancy import clock
from organizations.tenancy.models import TenantModel
from tasks.models import Task

Event = tuple[Type, dict[str, Any]]


def entries_for(instance: TenantModel, stored: Any, by: Membership | None) -> list[Activity]:
    """The unsaved entries that this change leaves in a deal's timeline; none where nothing worth telling changed."""
    at = clock.now() if stored else instance.created_at
    if isinstance(instance, Deal):
        return [_entry(instance, instance.pk, event, at, by) for event in _events_of_deal(instance, stored)]
    if isinstance(instance, Task):
        return [_entry(instance, instance.deal_id, event, at, by) for event in _events_of_task(instance, stored)]
    return []


def _entry(record: TenantModel, deal_id: int, event: Event, at: datetime, by: Membership | None) -> Activity:
    kind, payload = event
    return Activity(
        organization_id=record.organization_id,
        deal_id=deal_id,
        author_id=by.user_id if by else None,
        type=kind,
        payload=payload,
        created_at=at,
    )


def _events_of_deal(deal: Deal, stored: Deal | None) -> list[Event]:
    if stored is None:
        return [(Type.DEAL_CREATED, {"title": deal.title})]
    events: list[Event] = []
    if deal.status != stored.status:
        events.append((Type.STATUS_CHANGED, {"from": str(stored.status), "to": str(deal.status)}))
    if deal.stage_id != stored.stage_id:
        events.append((Type.STAGE_CHANGED, {"from": stored.stage.slug, "to": deal.stage.slug}))
    if (deal.amount, deal.currency) != (stored.amount, stored.currency):
        events.append((Type.AMOUNT_CHANGED, _amounts(deal, stored)))
    if deal.owner_id != stored.owner_id:
        events.append((Type.OWNER_CHANGED, {"from": stored.owner_id, "to": deal.owner_id}))
    return events


def _amounts(deal: Deal, stored: Deal) -> dict[str, str]:
    return {
        "from": f"{stored.amount:.2f}",
        "to": f"{deal.amount:.2f}",
        "from_currency": stored.currency,
        "to_currency": deal.currency,
    }


def _events_of_task(task: Task, stored: Task | None) -> list[Event]:
    events: list[Event] = []
    if stored is None:
        due = task.due_date.isoformat() if task.due_date else None
        events.append((Type.TASK_CREATED, {"task_id": task.pk, "title": task.title, "due_date": due}))
    if task.is_done and not (stored and stored.is_done):
        events.append((Type.TASK_DONE, {"task_id": task.pk, "title": task.title}))
    return events
