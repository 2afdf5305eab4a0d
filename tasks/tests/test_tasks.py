"""The doors of tasks: what is taken, what is shown, what is refused."""

from datetime import UTC, datetime

import pytest
import time_machine

from deals.tests.factories import DealFactory
from tasks.models import Task
from tasks.tests.factories import TaskFactory

URL = "/api/v1/tasks"


def errors(response):
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


def test_deal_and_title_are_enough(call, member):
    deal = DealFactory(by=member, title="Solar roof")

    response = call(member).post(URL, {"deal_id": deal.pk, "title": "Call Anna"})

    task = Task.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": task.pk,
        "deal_id": deal.pk,
        "deal_title": "Solar roof",
        "assignee_id": member.user_id,
        "assignee_name": "Max Member",
        "title": "Call Anna",
        "description": "",
        "due_date": None,
        "is_done": False,
        "done_at": None,
        "created_at": task.created_at.isoformat().replace("+00:00", "Z"),
        "updated_at": task.updated_at.isoformat().replace("+00:00", "Z"),
        "version": 1,
    }


def test_every_field_is_taken(call, manager, member):
    body = {
        "deal_id": DealFactory(by=member).pk,
        "assignee_id": member.user_id,
        "title": "Call Anna",
        "description": "Ask for\nthe plan.",
        "due_date": "2090-01-31",
        "is_done": True,
    }

    shown = call(manager).post(URL, body).json()

    assert {name: shown[name] for name in body} == body


def test_location_answers_with_the_created_task(call, member):
    created = call(member).post(URL, {"deal_id": DealFactory(by=member).pk, "title": "Call", "is_done": True})

    found = call(member).get(created["Location"])
    assert found.json() == created.json()
    assert found["ETag"] == created["ETag"]


@time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False)
def test_a_task_done_knows_when(call, member):
    task = TaskFactory(by=member)

    shown = call(member).patch(f"{URL}/{task.pk}", {"is_done": True}).json()

    assert (shown["is_done"], shown["done_at"], shown["version"]) == (True, "2026-03-01T12:00:00Z", 2)


def test_a_task_taken_up_again_is_not_done(call, member):
    task = TaskFactory(by=member, is_done=True)

    shown = call(member).patch(f"{URL}/{task.pk}", {"is_done": False}).json()

    assert (shown["is_done"], shown["done_at"]) == (False, None)


def test_done_twice_is_done_once(call, member):
    task = TaskFactory(by=member, is_done=True)

    shown = call(member).patch(f"{URL}/{task.pk}", {"is_done": True}).json()

    assert (shown["done_at"], shown["version"]) == (task.done_at.isoformat().replace("+00:00", "Z"), 1)


def test_a_deleted_task_is_gone(call, member):
    task = TaskFactory(by=member)

    assert call(member).delete(f"{URL}/{task.pk}").status_code == 204
    assert call(member).get(f"{URL}/{task.pk}").status_code == 404


def test_there_is_no_put(call, member):
    assert call(member).put(f"{URL}/{TaskFactory(by=member).pk}", {}).status_code == 405


def test_a_task_goes_with_its_deal(call, member):
    task = TaskFactory(by=member)

    assert call(member).delete(f"/api/v1/deals/{task.deal_id}").status_code == 204
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("title", "", "blank"),
        ("title", None, "null"),
        ("title", "x" * 201, "max_length"),
        ("title", "a\x00", "control_characters"),
        ("description", "x" * 5001, "max_length"),
        ("description", "a\x07", "control_characters"),
        ("due_date", "2090-02-29", "invalid"),
        ("due_date", "31.01.2090", "invalid"),
        ("due_date", "2090-01-31T00:00:00Z", "invalid"),
        ("due_date", 5, "invalid"),
        ("is_done", "perhaps", "invalid"),
        ("is_done", None, "null"),
        ("deal_id", None, "null"),
        ("deal_id", 987_654_321, "does_not_exist"),
        ("deal_id", 2**63, "does_not_exist"),
        ("deal_id", -1, "does_not_exist"),
        ("deal_id", "1", "incorrect_type"),
        ("assignee_id", None, "null"),
        ("assignee_id", 987_654_321, "does_not_exist"),
        ("done_at", "2026-01-01T00:00:00Z", "read_only_field"),
        ("color", "red", "unknown_field"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(call, owner, name, value, code):
    task = TaskFactory(by=owner)

    response = call(owner).patch(f"{URL}/{task.pk}", {name: value})

    assert (response.status_code, errors(response)) == (400, [(f"/{name}", code)])
    assert Task.objects.get().version == 1


def test_deal_and_title_are_required(call, member):
    assert sorted(errors(call(member).post(URL, {}))) == [("/deal_id", "required"), ("/title", "required")]


@pytest.mark.parametrize("name", ["deal_id", "assignee_id"])
def test_what_belongs_to_others_is_worded_as_what_never_was(call, owner, stranger, name):
    task, theirs = TaskFactory(by=owner), TaskFactory(by=stranger)
    foreign = getattr(theirs, name)

    seen = call(owner).patch(f"{URL}/{task.pk}", {name: foreign})
    unknown = call(owner).patch(f"{URL}/{task.pk}", {name: 987_654_321})

    assert (seen.status_code, errors(seen)) == (400, [(f"/{name}", "does_not_exist")])
    assert str(seen.json()["errors"]).replace(str(foreign), "#") == str(unknown.json()["errors"]).replace(
        "987654321", "#"
    )


def test_the_task_of_others_is_not_there(call, owner, stranger):
    assert call(owner).get(f"{URL}/{TaskFactory(by=stranger).pk}").status_code == 404


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_a_stale_request_is_answered_with_the_current_task(call, member, method):
    url = f"{URL}/{TaskFactory(by=member).pk}"
    tag = call(member).get(url)["ETag"]
    current = call(member).patch(url, {"is_done": True}).json()

    response = getattr(call(member), method)(url, {"title": "Late"}, headers={"If-Match": tag})

    assert (response.status_code, response.json()["current"]) == (412, current)
