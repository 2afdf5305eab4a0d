"""What the hall would have written of a record, without asking the database: for rows by the million.

The models prepare their rows and word what happened, as at every door. What the hall asks the database for (neighbors,
uniques) is right by the way in which the rows are made; the database judges it once more, as it judges everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from activities.timeline import entries_for
from deals.models import Deal, StageChange
from organizations.models import Membership
from organizations.tenancy import clock
from organizations.tenancy.models import TenantModel


class Numbers:
    """Gives out ids, those of each model in a row, behind the ones that are taken."""

    def __init__(self) -> None:
        self._last: dict[type[TenantModel], int] = {}

    def following(self, model: type[TenantModel]) -> int:
        """The id that is given out next."""
        if model not in self._last:
            newest = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
            self._last[model] = newest or 0
        return self._last[model] + 1

    def give(self, record: Any) -> Any:
        record.pk = self.following(type(record))
        self._last[type(record)] = record.pk
        return record


def saved(record: Any, stored: Any, *, by: Membership, at: datetime, numbers: Numbers) -> Iterator[Any]:
    """Bring a record to the state that `save_by` would leave it in at this moment; answers with what comes along."""
    if stored is None:
        numbers.give(record)
    with clock.at(at):
        record.prepare(stored, by)
        record.stamp()
        left: list[Any] = [*entries_for(record, stored, by)]
        if isinstance(record, Deal):
            left += StageChange.of(record, stored, by)
    return map(numbers.give, left)
