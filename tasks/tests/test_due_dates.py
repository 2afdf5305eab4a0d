"""A due date is today or later when it is set, and today is where the organization is."""

from datetime import UTC, datetime

import pytest
import time_machine

from tasks.models import Task
from tasks.tests.factories import TaskFactory

URL = "/api/v1/tasks"
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def task(member):
    return TaskFactory(by=member)


@pytest.fixture
def overdue(member):
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False):
        return TaskFactory(by=member, due_date="2026-03-02")


def errors(response):
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("day", ["2026-03-10", "2026-03-11", "9999-12-31", None])
def test_today_or_later_is_taken(call, member, task, day):
    response = call(member).patch(f"{URL}/{task.pk}", {"due_date": day})

    assert (response.status_code, response.json()["due_date"]) == (200, day)


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("day", ["2026-03-09", "0001-01-01"])
def test_the_past_is_refused(call, member, task, day):
    response = call(member).patch(f"{URL}/{task.pk}", {"due_date": day})

    assert (response.status_code, errors(response)) == (400, [("/due_date", "due_date_past")])


@time_machine.travel(NOON, tick=False)
def test_a_task_is_not_created_overdue(call, member, task):
    response = call(member).post(URL, {"deal_id": task.deal_id, "title": "Late", "due_date": "2026-03-09"})

    assert (response.status_code, errors(response)) == (400, [("/due_date", "due_date_past")])
    assert Task.objects.count() == 1


@pytest.mark.parametrize(
    ("zone", "moment", "today"),
    [
        ("Pacific/Kiritimati", datetime(2026, 3, 10, 9, 59, tzinfo=UTC), "2026-03-10"),
        ("Pacific/Kiritimati", datetime(2026, 3, 10, 10, 0, tzinfo=UTC), "2026-03-11"),
        ("Pacific/Pago_Pago", datetime(2026, 3, 10, 10, 59, tzinfo=UTC), "2026-03-09"),
        ("Pacific/Pago_Pago", datetime(2026, 3, 10, 11, 0, tzinfo=UTC), "2026-03-10"),
        ("Europe/Berlin", datetime(2026, 3, 28, 23, 0, tzinfo=UTC), "2026-03-29"),
    ],
)
def test_today_is_where_the_organization_is(call, member, task, zone, moment, today):
    organization = member.organization
    organization.time_zone = zone
    organization.save_by(None)
    yesterday = datetime.fromisoformat(today).toordinal() - 1

    with time_machine.travel(moment, tick=False):
        client = call(member)
        kept = client.patch(f"{URL}/{task.pk}", {"due_date": today})
        refused = client.patch(f"{URL}/{task.pk}", {"due_date": str(datetime.fromordinal(yesterday).date())})

    assert (kept.status_code, kept.json()["due_date"]) == (200, today)
    assert (refused.status_code, errors(refused)) == (400, [("/due_date", "due_date_past")])


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    "body", [{"title": "Call again"}, {"is_done": True}, {"due_date": "2026-03-02", "title": "Same day"}]
)
def test_an_overdue_task_is_still_changed(call, member, overdue, body):
    response = call(member).patch(f"{URL}/{overdue.pk}", body)

    assert response.status_code == 200
    assert (response.json()["due_date"], response.json()["version"]) == ("2026-03-02", 2)


@time_machine.travel(NOON, tick=False)
def test_an_overdue_task_is_not_moved_within_the_past(call, member, overdue):
    response = call(member).patch(f"{URL}/{overdue.pk}", {"due_date": "2026-03-03"})

    assert (response.status_code, errors(response)) == (400, [("/due_date", "due_date_past")])
