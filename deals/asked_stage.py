"""The stage that a body names, read along with the row that is asked for anyway: one statement less."""

from __future__ import annotations

import re
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from deals.pipelines import Stage

SLUG = re.compile(r"[-a-zA-Z0-9_]+")
NEEDED = {"id", "organization_id", "pipeline_id", "slug", "name", "position"}
COLUMNS = [field.attname for field in Stage._meta.concrete_fields if field.attname in NEEDED]


def of_pipeline(deals: QuerySet[Any], slug: Any) -> QuerySet[Any]:
    """These deals with `asked_stage`: the one of this short name in the pipeline of each."""
    return _along(deals, Stage.objects.filter(pipeline=OuterRef("stage__pipeline"), slug=_readable(slug)))


def of_organization(contacts: QuerySet[Any], slug: Any) -> QuerySet[Any]:
    """These contacts with `asked_stage`: where a new deal begins, in the stage of this short name or in the first."""
    stages = Stage.objects.filter(organization=OuterRef("organization"), pipeline__is_default=True)
    return _along(contacts, stages if slug is None else stages.filter(slug=_readable(slug)))


def _along(rows: QuerySet[Any], stages: QuerySet[Stage]) -> QuerySet[Any]:
    found = JSONObject(**{column: column for column in COLUMNS})
    return rows.annotate(asked_stage=Subquery(stages.values(found=found)[:1]))


def stage_read_with(row: Any) -> Stage | None:
    """The stage that was read along with this row; None where there is no such stage."""
    found = row.asked_stage
    return Stage.from_db(DEFAULT_DB_ALIAS, COLUMNS, [found[column] for column in COLUMNS]) if found else None


def _readable(slug: Any) -> str:
    """What the serializer has not judged yet; what it will refuse is the short name of no stage."""
    text = slug.strip() if isinstance(slug, str) else ""
    return text if SLUG.fullmatch(text) else ""
