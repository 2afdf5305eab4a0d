"""What deals do when something is announced."""

from typing import Any

from django.dispatch import receiver

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
