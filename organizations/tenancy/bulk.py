"""The bulk hall: many records of one model, the same rules, the same signals, few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from organizations.tenancy.examination import examine
from organizations.tenancy.integrity import refusal_for
from organizations.tenancy.models import Record
from organizations.tenancy.signals import announce, record_saved, write

if TYPE_CHECKING:
    from organizations.models import Membership

BATCH = 500


@dataclass
class Outcome:
    """What became of the records: each is in `created`, `changed`, `unchanged` or, with the reason, `refused`."""

    created: list[Any]
    changed: list[Any]
    unchanged: list[Any]
    refused: list[tuple[Any, Exception]]


def save_all_by(records: Sequence[Any], by: Membership | None) -> Outcome:
    """Save those records that keep the rules, as this member (None: a command); name the refused ones.

    All in one transaction. Records of one model; those with a key must have been loaded from the database.
    """
    if not records:
        return Outcome([], [], [], [])
    type(records[0]).look_ahead(records)
    try:
        with transaction.atomic():
            return _save_locked(records, by)
    except IntegrityError as error:
        if refusal := refusal_for(error, records):
            raise refusal from error
        raise


def delete_all_by(records: Sequence[Record], by: Membership | None) -> None:
    """Delete these records, or, where one is refused, none of them."""
    with transaction.atomic():
        for record in records:
            record.delete_by(by)


def _save_locked(records: Sequence[Any], by: Membership | None) -> Outcome:
    stored = _lock(records)
    changes = []
    for record in records:
        before = None if record._state.adding else stored[record.pk]
        if before:
            record.adopt(before)
        record.prepare(before, by)
        changes.append((record, before))
    touched = [(record, before) for record, before in changes if not before or record.changed_fields()]
    refused = examine(touched, by).all()
    good = [change for place, change in enumerate(touched) if place not in refused]
    outcome = Outcome(
        created=[record for record, before in good if not before],
        changed=[record for record, before in good if before],
        unchanged=[record for record, before in changes if before and not record.changed_fields()],
        refused=[(touched[place][0], refusal) for place, refusal in sorted(refused.items())],
    )
    _write(outcome)
    write([row for record, before in good for row in announce(record_saved, record, stored=before, by=by)])
    for record, before in good:
        record.after_change(before, by)
    return outcome


def _lock(records: Sequence[Any]) -> dict[Any, Any]:
    model = type(records[0])
    keys = sorted(record.pk for record in records if not record._state.adding)
    stored: dict[Any, Any] = {}
    for start in range(0, len(keys), BATCH):
        rows = model.for_change().filter(pk__in=keys[start : start + BATCH])
        stored.update({row.pk: row for row in rows.order_by("pk")})
    return stored


def _write(outcome: Outcome) -> None:
    written = outcome.created + outcome.changed
    for record in written:
        record.stamp()
    if outcome.created:
        type(outcome.created[0])._base_manager.bulk_create(outcome.created, batch_size=BATCH)
    if outcome.changed:
        _update(outcome.changed)
    for record in written:
        record.settle()


def _update(records: Sequence[Any]) -> None:
    names = set().union(*(record.changed_fields() for record in records)) - {"id"}
    fields = [field.name for field in records[0]._meta.concrete_fields if field.attname in names]
    type(records[0])._base_manager.bulk_update(records, fields, batch_size=BATCH // 5)
