"""Where tasks stand on a day, and which of them is a deal's next step."""

from datetime import date

import pytest
import time_machine

from deals.models import Deal
from deals.tests.factories import DealFactory
from tasks.models import Task, When
from tasks.tests.factories import TaskFactory

TODAY = date(2026, 11, 23)


def written_long_ago(by, **fields):
    with time_machine.travel("2026-11-01"):
        return TaskFactory(by=by, **fields)


@pytest.fixture
def deal(member):
    return DealFactory(by=member)


@pytest.mark.parametrize(
    ("fields", "when"),
    [
        ({"due_date": "2026-11-22"}, When.OVERDUE),
        ({"due_date": "2026-11-23"}, When.TODAY),
        ({"due_date": "2026-11-24"}, When.UPCOMING),
        ({"due_date": None}, When.UPCOMING),
        ({"due_date": "2026-11-22", "is_done": True}, When.DONE),
        ({"due_date": None, "is_done": True}, When.DONE),
    ],
)
def test_task_stands_in_one_place(member, fields, when):
    task = written_long_ago(member, **fields)

    assert [place for place in When if task in Task.objects.filter(place.on(TODAY))] == [when]
    assert Task.objects.count_by_when(TODAY) == {place.value: int(place == when) for place in When}


@pytest.mark.parametrize(
    ("dues", "first"),
    [
        (["2026-11-25", "2026-11-24", None], 1),
        ([None, "2026-12-31"], 1),
        ([None, None], 0),
        (["2026-11-24", "2026-11-24"], 0),
        (["2026-11-24", "2026-11-20"], 1),
    ],
)
def test_next_step_is_the_open_task_that_is_due_first(member, deal, dues, first):
    tasks = [written_long_ago(member, deal=deal, due_date=due) for due in dues]

    assert list(Task.objects.next_of(deal)) == [tasks[first]]


def test_what_is_done_is_no_next_step(member, deal):
    TaskFactory(by=member, deal=deal, is_done=True)

    assert list(Task.objects.next_of(deal)) == []


def test_next_step_is_one_of_the_deal_itself(member, deal):
    TaskFactory(by=member)

    assert list(Task.objects.next_of(deal)) == []


def test_tasks_in_the_order_of_their_days(member, deal):
    for title, due in [("C", None), ("B", "2090-01-02"), ("A", "2090-01-01"), ("D", None)]:
        TaskFactory(by=member, deal=deal, title=title, due_date=due)

    assert [task.title for task in Task.objects.by_due()] == ["A", "B", "C", "D"]
    assert Deal.objects.count() == 1
