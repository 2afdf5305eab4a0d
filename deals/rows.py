"""What a row of the table shows of a deal."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from deals.models import CLOSED, Deal, Status
from deals.patience import Stay
from deals.pipelines import Stage
from organizations.models import Organization
from organizations.tenancy.drawing import Named


class Step(NamedTuple):
    """A stage on its way through the pipeline."""

    name: str
    position: int
    places: int

    def __str__(self) -> str:
        return self.name


class Row(NamedTuple):
    """All of it: two rows that are equal look the same."""

    pk: int
    title: str
    contact_id: int
    contact: str
    company_id: int | None
    company: str
    stage: Step
    status: str
    amount: Decimal
    currency: str
    expected_close_date: date | None
    stay: Stay
    created_at: datetime
    owner: Named

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def get_status_display(self) -> str:
        return str(Status(self.status).label)


def row_of(deal: Deal, here: Organization, today: date) -> Row:
    """Of a deal whose stage came from `counted()`."""
    stage: Stage = deal.stage
    return Row(
        pk=deal.pk,
        title=deal.title,
        contact_id=deal.contact_id,
        contact=str(deal.contact),
        company_id=deal.company_id,
        company=str(deal.company or ""),
        stage=Step(stage.name, stage.position, stage.places),
        status=deal.status,
        amount=deal.amount,
        currency=deal.currency,
        expected_close_date=deal.expected_close_date,
        stay=deal.stay(today, here.time_zone),
        created_at=deal.created_at,
        owner=Named(deal.owner_id, str(deal.owner)),
    )
