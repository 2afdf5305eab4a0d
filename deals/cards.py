"""What a card on the board shows of a deal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from deals.patience import Stay, stay_since
from deals.pipelines import Stage
from organizations.models import Organization
from organizations.tenancy.drawing import Named

SHOWN = ("pk", "version", "title", "amount", "currency", "stage_id", "stage_entered_at", "owner_id")
NAMES = {"company_name": "company__name", "contact_name": "contact__name", "owner_name": "owner__name"}


class Card(NamedTuple):
    """All of it: two cards that are equal look the same."""

    pk: int
    version: int
    title: str
    amount: Decimal
    currency: str
    stage_id: int
    stage: str
    company: str
    contact: str
    owner: Named
    stay: Stay

    def __str__(self) -> str:
        return self.title


def card_of(deal: Any, stage: Stage, here: Organization, today: date) -> Card:
    """Of an open deal in this stage, as a row of `SHOWN` and `NAMES`."""
    return Card(
        pk=deal.pk,
        version=deal.version,
        title=deal.title,
        amount=deal.amount,
        currency=deal.currency,
        stage_id=deal.stage_id,
        stage=stage.name,
        company=deal.company_name or "",
        contact=deal.contact_name,
        owner=Named(deal.owner_id, deal.owner_name),
        stay=stay_since(deal.stage_entered_at, stage.expected_days, today, here.time_zone),
    )
