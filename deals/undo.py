"""Taking back what was done to many deals at once: how they were travels, signed, with the toast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from deals.models import Deal
from organizations.models import Membership
from organizations.tenancy.bulk import Outcome, save_all_by
from organizations.tenancy.refusals import StaleVersion

SALT = "deals.undo"
TAKEN_BACK = ("stage_id", "owner_id", "status", "lost_reason")


def remember(before: dict[int, Deal], changed: Sequence[Deal], by: Membership) -> str:
    """How these deals were before; empty where this member may not bring all of them back."""
    if any(_reason_against(deal, before[deal.pk], by) for deal in changed):
        return ""
    rows = [[deal.pk, deal.version, _as_it_was(deal, before[deal.pk])] for deal in changed]
    return signing.dumps(rows, salt=SALT, compress=True)


def take_back(remembered: str, by: Membership) -> Outcome:
    """Make the deals as they were, but for those that somebody changed since.

    ValidationError for what we never wrote.
    """
    try:
        rows = {pk: (version, was) for pk, version, was in signing.loads(remembered, salt=SALT)}
    except signing.BadSignature as error:
        raise ValidationError(_("This cannot be taken back any more."), "not_remembered") from error
    deals = list(Deal.objects.for_membership(by).filter(pk__in=rows).order_by("pk"))
    same = [deal for deal in deals if deal.version == rows[deal.pk][0]]
    for deal in same:
        for name, value in rows[deal.pk][1].items():
            setattr(deal, name, value)
    outcome = save_all_by(same, by)
    outcome.refused += [(deal, StaleVersion(deal)) for deal in deals if deal not in same]
    return outcome


def _as_it_was(deal: Deal, before: Deal) -> dict[str, Any]:
    return {name: getattr(before, name) for name in TAKEN_BACK if getattr(before, name) != getattr(deal, name)}


def _reason_against(deal: Deal, before: Deal, by: Membership) -> str:
    return deal.reason_against(by, stage=before.stage, owner_id=before.owner_id, status=before.status)
