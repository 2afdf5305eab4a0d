"""What a card on the board shows of a deal."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from deals.patience import Stay, stay_since
from deals.pipelines import Stage
from organizations.models import Organization
from organizations.tenancy.drawing import Named

NAMES = {"company_name": "company__name", "contact_name": "contact__name", "owner_name": "owner__name"}


class Shown(NamedTuple):
    """An open deal as the board reads it, its neighbors' `NAMES` with it."""

    pk: int
    version: int
    title: str
    amount: Decimal
    currency: str
    stage_id: int
    stage_entered_at: datetime
    owner_id: int
    company_name: str | None
    contact_name: str
    owner_name: str


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


def card_of(deal: Shown, stage: Stage, here: Organization, today: date) -> Card:
    """Of a deal in this stage."""
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
