"""What the hall announces, inside its transaction.

A receiver may answer with unsaved rows that belong to the change (a timeline entry, say);
the hall writes them together. Receivers decide nothing: a refusal was possible only before.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Model
from django.dispatch import Signal

record_saved = Signal()  # instance, stored (the row as it was, or None), by (a Membership, or None for a command)
record_deleted = Signal()  # instance, by
organization_opened = Signal()  # instance, by: a new organization, with its first owner


def announce(signal: Signal, record: Model, **facts: Any) -> list[Model]:
    """Tell every receiver; answer with the rows that they want written."""
    answers: list[tuple[Any, Any]] = signal.send(type(record), instance=record, **facts)
    return [row for _, rows in answers for row in rows or ()]


def write(rows: list[Model]) -> None:
    """Insert these rows with one statement a model."""
    by_model: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    for model, batch in by_model.items():
        model._default_manager.bulk_create(batch, batch_size=500)
