"""Puts what the hall announces into the timeline."""

from typing import Any

from django.dispatch import receiver

from activities import timeline
from activities.models import Activity
from organizations.tenancy.models import TenantModel
from organizations.tenancy.signals import record_saved


@receiver(record_saved, dispatch_uid="write_timeline")
def write_timeline(instance: TenantModel, stored: Any, by: Any, **_: Any) -> list[Activity]:
    return timeline.entries_for(instance, stored, by)
