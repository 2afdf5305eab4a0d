"""What a card on the board shows of a deal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from deals.models import Deal
from deals.patience import Stay
from organizations.models import Organization


class Owner(NamedTuple):
    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


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
    owner: Owner
    stay: Stay

    def __str__(self) -> str:
        return self.title


def card_of(deal: Deal, here: Organization, today: date) -> Card:
    return Card(
        pk=deal.pk,
        version=deal.version,
        title=deal.title,
        amount=deal.amount,
        currency=deal.currency,
        stage_id=deal.stage_id,
        stage=str(deal.stage),
        company=str(deal.company or ""),
        contact=str(deal.contact),
        owner=Owner(deal.owner_id, str(deal.owner)),
        stay=deal.stay(today, here.time_zone),
    )
