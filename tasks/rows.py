"""What a row of a list shows of a task."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.utils.text import Truncator

from organizations.tenancy.drawing import Named
from tasks.models import Task

LONGEST_TOLD = 200  # letters of a description


class Row(NamedTuple):
    """All of it: two rows that are equal look the same."""

    pk: int
    title: str
    description: str
    is_done: bool
    done_at: datetime | None
    due_date: date | None
    deal_id: int
    deal: str
    about: str
    assignee: Named

    def __str__(self) -> str:
        return self.title


def row_of(task: Task) -> Row:
    return Row(
        pk=task.pk,
        title=task.title,
        description=Truncator(task.description).chars(LONGEST_TOLD),
        is_done=task.is_done,
        done_at=task.done_at,
        due_date=task.due_date,
        deal_id=task.deal_id,
        deal=str(task.deal),
        about=str(task.deal.company or task.deal.contact),
        assignee=Named(task.assignee_id, str(task.assignee)),
    )
