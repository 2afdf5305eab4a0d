"""The verbs of deals that write several rows: the first pipeline, one change of many deals, deleting a full stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from organizations.models import Membership, Organization
from organizations.tenancy.bulk import Outcome, save_all_by

FIRST_STAGES = [  # slug, name, probability, expected days
    ("qualification", pgettext_lazy("stage", "Qualification"), 10, 14),
    ("proposal", pgettext_lazy("stage", "Proposal"), 40, 21),
    ("negotiation", pgettext_lazy("stage", "Negotiation"), 70, 21),
    ("closed", pgettext_lazy("stage", "Closed"), 100, None),
]

COPIED = ("slug", "name", "position", "probability", "expected_days")


def add_default_pipeline(organization: Organization) -> Pipeline:
    """The pipeline of four stages that every organization begins with, named in the language of who opens it."""
    pipeline = Pipeline(organization=organization, name=_("Sales"), is_default=True).save_by(None)
    for stage in first_stages(pipeline):
        stage.save_by(None)
    return pipeline


def first_stages(pipeline: Pipeline) -> list[Stage]:
    return [
        Stage(
            organization=pipeline.organization,
            pipeline=pipeline,
            slug=slug,
            name=str(name),
            position=position,
            probability=probability,
            expected_days=days,
        )
        for position, (slug, name, probability, days) in enumerate(FIRST_STAGES, start=1)
    ]


@transaction.atomic
def add_pipeline(*, name: str, by: Membership) -> Pipeline:
    """Another pipeline, to begin with the stages of the default one: without any it could take no deal."""
    pipeline = Pipeline(organization=by.organization, name=name).save_by(by)
    for stage in Stage.objects.for_membership(by).filter(pipeline__is_default=True):
        copied = {name: getattr(stage, name) for name in COPIED}
        Stage(organization=by.organization, pipeline=pipeline, **copied).save_by(by)
    return pipeline


def change_deals(deals: Sequence[Deal], *, by: Membership, **changes: Any) -> Outcome:
    """Change these deals all in the same way; those that may not be changed so stay, each with its reason."""
    for deal in deals:
        for name, value in changes.items():
            setattr(deal, name, value)
    return save_all_by(deals, by)


def delete_stage(stage: Stage, *, by: Membership, move_to: Stage | None = None, if_version: int | None = None) -> None:
    """Delete a stage, its deals moved to another one first; Conflict when it has deals and none is named."""
    if move_to and move_to.pk == stage.pk:
        raise ValidationError({"move_to": ValidationError(_("Name another stage for its deals."), "same_stage")})
    with transaction.atomic():
        stage.check_delete(by)
        if move_to:
            _move_deals(stage, move_to, by)
        stage.delete_by(by, if_version=if_version)


def _move_deals(stage: Stage, move_to: Stage, by: Membership) -> None:
    """The deals are locked before their stage, as by whoever moves one of them."""
    deals = list(Deal.for_change().filter(organization=by.organization_id, stage=stage).order_by("pk"))
    for deal in deals:
        deal.stage = move_to
    for _place, refusal in save_all_by(deals, by).refused:
        raise refusal
