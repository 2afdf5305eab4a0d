"""Lets a deal happen: each step of its course as the models tell it, in the hands of those who may."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from activities.models import Activity, Type
from crm_project.volume import words
from crm_project.volume.course import Course, Event
from crm_project.volume.hall import Numbers, saved
from crm_project.volume.office import BASE_CURRENCY, RATES, Office
from crm_project.volume.people import People
from deals.models import Deal, Status
from organizations.models import Membership
from tasks.models import Task

CURRENCIES = (BASE_CURRENCY,) * 8 + tuple(RATES)
SHORTEST, LONGEST = 5, 120  # days


class Story:
    def __init__(self, office: Office, people: People, numbers: Numbers):
        self.office, self.people, self.numbers, self.random = office, people, numbers, office.random
        self.rows: list[Any] = []

    def tell(self, course: Course, begun: float) -> list[Any]:
        """Every row that this deal leaves behind; itself as it is at the end."""
        self.seller = self.random.choice(self.office.team)
        moments = self._moments(self.office.moment(begun), len(course.steps))
        self._begin(course, begun, next(moments))
        for step, at in zip(course.steps, moments, strict=True):
            if isinstance(step, Event):
                self._happen(step, at)
            else:
                self._change(at, self.seller, stage=self.office.stages[step[0]], **self._ending(step[1]))
        return self.rows

    def _moments(self, created: datetime, steps: int) -> Iterator[datetime]:
        yield created
        days = timedelta(days=self.random.randint(SHORTEST, LONGEST))
        whole = min(days, self.office.until - created)
        yield from (created + whole * part for part in sorted(self.random.random() for _ in range(steps)))

    def _begin(self, course: Course, begun: float, at: datetime) -> None:
        contact = self.people.known_at(begun)
        self.deal = Deal(
            organization=self.office.organization,
            contact_id=self.people.first_contact + contact,
            company_id=self.people.company_of(contact),
            stage=self.office.stages[course.begins[0]],
            title=f"{self.random.choice(words.PRODUCTS)} {self.random.choice(words.PLACES)}",
            amount=self._price(),
            currency=self.random.choice(CURRENCIES),
            expected_close_date=(at + timedelta(days=self.random.randrange(10, 150))).date(),
            created_at=at,
            **self._ending(course.begins[1]),
        )
        self._save(self.deal, None, self.seller, at)

    def _price(self) -> Decimal:
        """Small things are asked for more often than large ones."""
        return Decimal(100 + int(50_000 * self.random.random() ** 3) * 10)

    def _ending(self, status: Status) -> dict[str, Any]:
        lost = status == Status.LOST
        return {"status": status, "lost_reason": self.random.choice(words.LOST_REASONS) if lost else ""}

    def _happen(self, event: Event, at: datetime) -> None:
        match event:
            case Event.AMOUNT:
                more = self.random.randrange(10, 500) * 10
                self._change(at, self.seller, amount=self.deal.amount + more)
            case Event.OWNER:
                self._hand_over(at)
            case Event.TASK:
                self._plan(at)
            case Event.DONE:
                self._do(at)
            case Event.COMMENT:
                self._say(at)

    def _hand_over(self, at: datetime) -> None:
        others = [member for member in self.office.team if member is not self.seller]
        self.seller = self.random.choice(others)
        self._change(at, self.random.choice(self.office.leaders), owner=self.seller.user)

    def _plan(self, at: datetime) -> None:
        due = (at + timedelta(days=self.random.randrange(1, 30))).date()
        title = self.random.choice(words.TASKS)
        self.assignee = self.seller
        self.task = Task(deal=self.deal, organization=self.office.organization, title=title, due_date=due)
        self.task.created_at = at
        self._save(self.task, None, self.assignee, at)

    def _do(self, at: datetime) -> None:
        stored = _as_it_was(self.task)
        self.task.is_done = True
        self.rows += saved(self.task, stored, by=self.assignee, at=at, numbers=self.numbers)

    def _say(self, at: datetime) -> None:
        comment = Activity(
            organization=self.office.organization,
            deal=self.deal,
            type=Type.COMMENT,
            payload={"text": self.random.choice(words.COMMENTS)},
            created_at=at,
        )
        self._save(comment, None, self.random.choice(self.office.team), at)

    def _change(self, at: datetime, by: Membership, **changes: Any) -> None:
        stored = _as_it_was(self.deal)
        for name, value in changes.items():
            setattr(self.deal, name, value)
        self.rows += saved(self.deal, stored, by=by, at=at, numbers=self.numbers)

    def _save(self, record: Any, stored: Any, by: Membership, at: datetime) -> None:
        self.rows += [record, *saved(record, stored, by=by, at=at, numbers=self.numbers)]


def _as_it_was(record: Any) -> Any:
    """The row as it is stored before the change that comes now."""
    record.settle()
    return copy.copy(record)
