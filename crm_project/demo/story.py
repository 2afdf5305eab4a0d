"""Tells the story of a deal: each step is a change through the hall, made by the person who makes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from activities.models import Activity, Type
from crm_project.demo.course import Course, Next
from crm_project.demo.diary import Diary
from crm_project.demo.office import Office
from deals.models import Deal, Status
from organizations.models import Membership
from tasks.models import Task

QUESTION_EVERY, HANDOVER_EVERY, DISCOUNT_EVERY = 6, 13, 2  # deals
CENT = Decimal("0.01")
DISCOUNTS = [Decimal(percent) for percent in ("2", "3", "3", "5", "7.5")]


class Story:
    def __init__(self, course: Course, office: Office, now: datetime):
        self.course, self.office = course, office
        self.random = Random(f"{course.seed} told")
        self.diary = Diary(now, ZoneInfo(office.script.time_zone), self.random)
        self.seller = office.seller_of(course.customer)
        self.said: set[str] = set()
        self.deal: Deal

    def tell(self) -> Iterator[datetime]:
        """Every step of the deal, in order: yields the moment of each before it is made."""
        yield self.diary.moment(self.course.entered(0))
        self._open()
        if self.course.status != Status.NEW:
            for place in range(len(self.course.days)):
                yield from self._work_on_stage(place)
        if self.course.is_open:
            yield from self._look_ahead()
        else:
            yield from self._close()

    def _open(self) -> None:
        contact = self.office.contact(self.course.customer, self.random.randrange(2), self.seller)
        closes_in = self.course.closes_in
        self.deal = Deal(
            organization=contact.organization,
            contact=contact,
            title=self.course.title,
            amount=self.course.estimate,
            currency=self.course.currency,
            expected_close_date=None if closes_in is None else self.diary.workday(closes_in - self.course.ended),
        )
        self.deal.save_by(self.seller)

    def _work_on_stage(self, place: int) -> Iterator[datetime]:
        """Come into the stage, plan a step, talk, take the step."""
        begin, end = self.course.entered(place), self.course.entered(place + 1)
        slug = self.office.stages[place].slug
        yield self.diary.moment(begin)
        self._advance(place)
        task = self._plan(slug, self.diary.workday(-(begin + end) // 2)) if begin - end > 5 else None
        yield self.diary.moment(begin - (begin - end) // 4)
        self._say(self.seller, self.office.script.words.comments[slug])
        if place == 1 and self.course.number % QUESTION_EVERY == 0:
            yield from self._ask(begin - (begin - end) // 3)
        if place == 1 and self.course.number % HANDOVER_EVERY == 0:
            yield self.diary.moment(begin - (begin - end) // 3)
            self._hand_over()
        if task:
            yield self.diary.moment((begin + end) // 2)
            task.is_done = True
            task.save_by(self.seller)
        if place == 2 and self.course.number % DISCOUNT_EVERY == 0 and begin > end:
            yield self.diary.moment(end + (begin - end) // 3)
            self._change(amount=self._discounted())

    def _advance(self, place: int) -> None:
        """Into the stage at this place; with the second one, the estimate becomes a quotation."""
        if place == 1:
            self.deal.amount = self.course.quotation
        self._change(stage=self.office.stages[place], status=Status.IN_PROGRESS)

    def _discounted(self) -> Decimal:
        percent = self.random.choice(DISCOUNTS)
        return (self.deal.amount * (100 - percent) / 100).quantize(CENT)

    def _ask(self, days_ago: int) -> Iterator[datetime]:
        """Somebody who leads wants to know more, and is answered."""
        leader = self.office.leader_beside(self.seller, self.course.number)
        yield self.diary.moment(days_ago)
        self._say(leader, self.office.script.words.asked)
        yield self.diary.moment(days_ago)
        self._say(self.seller, self.office.script.words.answered)

    def _hand_over(self) -> None:
        leader = self.office.leader_beside(self.seller, self.course.number)
        self.seller = self.office.colleague_of(self.seller, self.course.number)
        self._change(by=leader, owner=self.seller.user)

    def _close(self) -> Iterator[datetime]:
        words = self.office.script.words
        yield self.diary.moment(self.course.ended)
        if self.course.status == Status.WON:
            self._change(status=Status.WON, stage=self.office.stages[-1])
            self._say(self.seller, words.won)
        else:
            self._change(status=Status.LOST, lost_reason=self.random.choice(words.lost_reasons))
            if self.random.random() < 0.6:
                yield self.diary.moment(self.course.ended)
                self._say(self.seller, words.lost)
        if self.course.status == Status.WON and self.course.ended < 45:
            yield self.diary.moment(self.course.ended - 1)
            self._plan(self.office.stages[-1].slug, self._soon())

    def _look_ahead(self) -> Iterator[datetime]:
        """The task that waits today, where one does."""
        slug, here = self.office.stages[len(self.course.days) - 1].slug, self.course.days[-1]
        today = self.diary.today()
        if self.course.ahead == Next.OVERDUE and here >= 4:
            yield self.diary.moment(here // 2 + 1)
            self._plan(slug, self.diary.workday(-max(1, here // 4)))
        elif self.course.ahead == Next.TODAY:
            yield self.diary.moment(here // 2)
            self._plan(slug, today)
        elif self.course.ahead != Next.NOTHING:
            yield self.diary.moment(here // 3)
            self._plan(slug, self._soon())

    def _soon(self) -> date:
        """A working day within the next three weeks, tomorrow at the earliest."""
        return self.diary.workday(3 + self.course.number * 7 % 16)

    def _change(self, *, by: Membership | None = None, **changes: Any) -> None:
        for name, value in changes.items():
            setattr(self.deal, name, value)
        self.deal.save_by(by or self.seller)

    def _plan(self, stage: str, due_date: date) -> Task:
        title = self._fill(self._pick(self.office.script.words.tasks[stage]))
        task = Task(organization=self.deal.organization, deal=self.deal, title=title, due_date=due_date)
        task.save_by(self.seller)
        return task

    def _say(self, by: Membership, words: list[str]) -> None:
        text = self._fill(self._pick(words))
        comment = Activity(organization=self.deal.organization, deal=self.deal, type=Type.COMMENT)
        comment.payload = {"text": text}
        comment.save_by(by)

    def _pick(self, words: list[str]) -> str:
        """Something that was not said in this story yet."""
        word = self.random.choice([word for word in words if word not in self.said])
        self.said.add(word)
        return word

    def _fill(self, words: str) -> str:
        first = self.deal.contact.name.split()[0]
        return words.format(first=first, company=self.course.customer.name)
