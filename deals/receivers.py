"""What deals do when something is announced."""

from typing import Any

from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from deals import triggers
from deals.actions import add_default_pipeline
from deals.models import Deal, StageChange
from organizations.models import Organization
from organizations.tenancy.signals import organization_opened, record_saved


@receiver(record_saved, sender=Deal, dispatch_uid="keep_stage_change")
def keep_stage_change(instance: Deal, stored: Deal | None, by: Any, **_: Any) -> list[StageChange]:
    return StageChange.of(instance, stored, by)


@receiver(organization_opened, sender=Organization, dispatch_uid="open_pipeline")
def open_pipeline(instance: Organization, **_: Any) -> None:
    add_default_pipeline(instance)


@receiver(post_migrate, dispatch_uid="keep_totals")
def keep_totals(sender: Any, using: str, **_: Any) -> None:
    if sender.name == "deals" and connections[using].vendor == "sqlite":
        triggers.restore(connections[using])
