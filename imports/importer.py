"""The import: rows in, records out, batch by batch through the bulk hall, all of them or the good ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from typing import Any, Protocol

from django.db import transaction

from contacts.models import Company, Contact
from deals.models import Deal
from imports import members
from imports.mapping import Mapping
from imports.members import MemberImport
from imports.records import RecordImport, targets_of
from imports.report import Report
from imports.rows import Row
from organizations.models import Membership, Organization
from organizations.tenancy import row_security

BATCH = 1000
MODELS = {"companies": Company, "contacts": Contact, "deals": Deal}
KINDS = ("members", *MODELS)


class Import(Protocol):
    def save(self, rows: list[Row]) -> Report: ...


def targets(kind: str) -> set[str]:
    """What a mapping of this kind may fill."""
    return members.TARGETS if kind == "members" else targets_of(MODELS[kind])


def load(
    rows: Iterable[Row],
    kind: str,
    mapping: Mapping,
    *,
    organization: Organization,
    by: Membership | None = None,
    keep_good: bool = False,
) -> Report:
    """Save these rows, or, where one is refused, none of them; with `keep_good` the others."""
    report = Report()
    with row_security.inside(organization.pk), nullcontext() if keep_good else transaction.atomic():
        importing = _importing(kind, mapping, organization, by)
        for batch in _batches(rows):
            report.add(importing.save(batch))
        if report.refused and not keep_good:
            transaction.set_rollback(True)
    return report


def _importing(kind: str, mapping: Mapping, organization: Organization, by: Membership | None) -> Import:
    if kind == "members":
        return MemberImport(mapping, organization, by)
    return RecordImport(MODELS[kind], mapping, organization, by)


def _batches(rows: Iterable[Row]) -> Iterator[list[Any]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch
