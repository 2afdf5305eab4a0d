"""Forgets cached figures when something that they count changes; must hear every write, bulk ones too."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from analytics import cache
from deals.models import Deal, StageChange
from deals.pipelines import Pipeline, Stage
from organizations.models import ExchangeRate, Organization
from organizations.tenancy.signals import record_saved


class Forgetting:
    """Forgets an organization's figures, once, however often a transaction asks for it."""

    def __init__(self, organization_id: int):
        self.organization_id, self.is_done = organization_id, False

    def __call__(self) -> None:
        if not self.is_done:
            self.is_done = True
            cache.forget(self.organization_id)


def forget_figures(instance: Any, **_: Any) -> None:
    organization_id = instance.pk if isinstance(instance, Organization) else instance.organization_id
    transaction.on_commit(_last_in_line(organization_id) or Forgetting(organization_id))


def _last_in_line(organization_id: int) -> Forgetting | None:
    """The one that the transaction asked for last: a bulk of thousands asks for the same each time."""
    line = transaction.get_connection().run_on_commit
    last = line[-1][1] if line else None
    is_same = isinstance(last, Forgetting) and last.organization_id == organization_id and not last.is_done
    return last if is_same else None


for model in (Deal, StageChange, Stage, Pipeline, ExchangeRate, Organization):
    for signal in (post_save, post_delete, record_saved):
        signal.connect(forget_figures, sender=model, dispatch_uid="forget_figures")
