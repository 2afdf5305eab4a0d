"""Forgets cached figures when something that they count changes; must hear every write, bulk ones too."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from analytics import cache
from deals.models import Deal, Pipeline, Stage, StageChange
from organizations.models import ExchangeRate, Organization
from organizations.tenancy.signals import record_saved


def forget_figures(instance: Any, **_: Any) -> None:
    organization_id = instance.pk if isinstance(instance, Organization) else instance.organization_id
    transaction.on_commit(partial(cache.forget, organization_id))


for model in (Deal, StageChange, Stage, Pipeline, ExchangeRate, Organization):
    for signal in (post_save, post_delete, record_saved):
        signal.connect(forget_figures, sender=model, dispatch_uid="forget_figures")
