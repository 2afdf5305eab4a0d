"""The stage that a body names, read along with the row that is asked for anyway: one statement less."""

from __future__ import annotations

import re
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from contacts.models import Contact
from deals.pipelines import Stage
from organizations.tenancy.kept import Kept, standing_in

SLUG = re.compile(r"[-a-zA-Z0-9_]+")
NEEDED = {"id", "organization_id", "pipeline_id", "slug", "name", "position"}
COLUMNS = [field.attname for field in Stage._meta.concrete_fields if field.attname in NEEDED]


def of_pipeline(deals: QuerySet[Any], slug: str) -> QuerySet[Any]:
    """These deals with `asked_stage`: the one of this short name in the pipeline of each."""
    return _along(deals, Stage.objects.filter(pipeline=OuterRef("stage__pipeline"), slug=slug))


def _of_new_deal(organization_id: int, pk: int, *slug: str) -> QuerySet[Any]:
    """A contact with its company and `asked_stage`: where a new deal begins, in the stage of this name or the first."""
    stages = Stage.objects.filter(organization=OuterRef("organization"), pipeline__is_default=True)
    contacts = Contact.objects.for_membership(standing_in(organization_id)).filter(pk=pk).select_related("company")
    return _along(contacts, stages.filter(slug__in=slug) if slug else stages)


def _along(rows: QuerySet[Any], stages: QuerySet[Stage]) -> QuerySet[Any]:
    found = JSONObject(**{column: column for column in COLUMNS})
    return rows.annotate(asked_stage=Subquery(stages.values(found=found)[:1]))


OF_NEW_DEAL = Kept(_of_new_deal)


def stage_read_with(row: Any) -> Stage | None:
    """The stage that was read along with this row; None where there is no such stage."""
    found = row.asked_stage
    return Stage.from_db(DEFAULT_DB_ALIAS, COLUMNS, [found[column] for column in COLUMNS]) if found else None


def readable(slug: Any) -> str:
    """What the serializer has not judged yet; what it will refuse is the short name of no stage."""
    text = slug.strip() if isinstance(slug, str) else ""
    return text if SLUG.fullmatch(text) else ""
