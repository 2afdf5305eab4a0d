"""The bulk hall: many records of one model, the same rules, the same signals, few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from organizations.tenancy.examination import Change, examine
from organizations.tenancy.integrity import refused_in_our_words
from organizations.tenancy.refusals import Conflict, Gone
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
    with refused_in_our_words(records), transaction.atomic():
        outcome = _save_locked(records, by)
    for record in outcome.created + outcome.changed:
        record.settle()
    return outcome


def _save_locked(records: Sequence[Any], by: Membership | None) -> Outcome:
    changes, refused = _meet(records)
    for record, before in changes.values():
        if before:
            record.adopt(before)
        record.prepare(before, by)
    touched = [place for place, (record, before) in changes.items() if not before or record.changed_fields()]
    for among, refusal in examine([changes[place] for place in touched], by).all().items():
        refused[touched[among]] = refusal
    good = [changes[place] for place in touched if place not in refused]
    outcome = Outcome(
        created=[record for record, before in good if not before],
        changed=[record for record, before in good if before],
        unchanged=[changes[place][0] for place in sorted(changes.keys() - touched)],
        refused=[(records[place], refusal) for place, refusal in sorted(refused.items())],
    )
    _write(outcome)
    write([row for record, before in good for row in announce(record_saved, record, stored=before, by=by)])
    for record, before in good:
        record.after_change(before, by)
    return outcome


def _meet(records: Sequence[Any]) -> tuple[dict[int, Change], dict[int, Exception]]:
    """By place: each record with its stored row, now locked, or why there is none for it."""
    stored = _lock(records)
    changes: dict[int, Change] = {}
    refused: dict[int, Exception] = {}
    met: set[Any] = set()
    for place, record in enumerate(records):
        key = -id(record) if record._state.adding else record.pk
        if key in met:
            refused[place] = Conflict("This record stands in the batch twice.", "twice")
        elif not record._state.adding and key not in stored:
            refused[place] = Gone()
        else:
            changes[place] = (record, stored.get(key))
            met.add(key)
    return changes, refused


def _lock(records: Sequence[Any]) -> dict[Any, Any]:
    model = type(records[0])
    keys = sorted({record.pk for record in records if not record._state.adding})
    stored: dict[Any, Any] = {}
    for start in range(0, len(keys), BATCH):
        rows = model.for_change().prefetch_related(*model.checked_with).filter(pk__in=keys[start : start + BATCH])
        stored.update({row.pk: row for row in rows.order_by("pk")})
    return stored


def _write(outcome: Outcome) -> None:
    for record in outcome.created + outcome.changed:
        record.stamp()
    if outcome.created:
        type(outcome.created[0])._base_manager.bulk_create(outcome.created, batch_size=BATCH)
    if outcome.changed:
        _update(outcome.changed)


def _update(records: Sequence[Any]) -> None:
    names = set().union(*(record.changed_fields() for record in records)) - {"id"}
    fields = [field.name for field in records[0]._meta.concrete_fields if field.attname in names]
    type(records[0])._base_manager.bulk_update(records, fields, batch_size=BATCH // 5)
