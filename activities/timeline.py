"""What changed, in the words of the timeline: the only place that turns changes into entries."""

from __future__ import annotations

from typing import Any

from activities.models import Activity, Type
from deals.models import Deal
from organizations.models import Membership
from organizations.tenancy.models import TenantModel
from tasks.models import Task

Event = tuple[Type, dict[str, Any]]


def entries_for(instance: TenantModel, stored: Any, by: Membership | None) -> list[Activity]:
    """The unsaved entries that this change leaves in a deal's timeline; none where nothing worth telling changed."""
    if isinstance(instance, Deal):
        return _entries(instance, _events_of_deal(instance, stored), by)
    if isinstance(instance, Task):
        return _entries(instance, _events_of_task(instance, stored), by, deal_id=instance.deal_id)
    return []


def _entries(
    record: TenantModel, events: list[Event], by: Membership | None, deal_id: int | None = None
) -> list[Activity]:
    return [
        Activity(
            organization_id=record.organization_id,
            deal_id=deal_id or record.pk,
            author_id=by.user_id if by else None,
            type=kind,
            payload=payload,
        )
        for kind, payload in events
    ]


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
