"""What the list of tasks is narrowed and ordered by."""

from importlib import import_module

import pytest
from django.apps import apps

from deals.tests.factories import DealFactory
from tasks.models import Task
from tasks.tests.factories import TaskFactory

URL = "/api/v1/tasks"


@pytest.fixture
def client(call, member):
    return call(member)


@pytest.fixture
def four(member, owner):
    deal = DealFactory(by=member)
    TaskFactory(by=member, title="A", deal=deal, due_date="2090-01-01", is_done=True)
    TaskFactory(by=member, title="B", deal=deal, due_date="2090-01-02")
    TaskFactory(by=owner, title="C", due_date="2090-01-03")
    TaskFactory(by=owner, title="D")
    return deal


def titles(client, **filters):
    response = client.get(URL, {"order_by": "title", "order": "asc", **filters})
    assert response.status_code == 200, response.content
    return "".join(row["title"] for row in response.json()["results"])


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, "ABCD"),
        ({"only_open": "true"}, "BCD"),
        ({"only_open": "1"}, "BCD"),
        ({"only_open": "True"}, "BCD"),
        ({"only_open": "false"}, "ABCD"),
        ({"only_open": "0"}, "ABCD"),
        ({"due_before": "2090-01-02"}, "AB"),
        ({"due_after": "2090-01-02"}, "BC"),
        ({"due_after": "2090-01-02", "due_before": "2090-01-02"}, "B"),
        ({"due_after": "2090-01-03", "due_before": "2090-01-01"}, ""),
        ({"due_before": "2090-01-02", "only_open": "true"}, "B"),
    ],
)
def test_filters_narrow(client, four, filters, found):
    assert titles(client, **filters) == found


def test_deal_and_assignee_narrow(client, four, member, owner):
    assert titles(client, deal_id=four.pk) == "AB"
    assert titles(client, assignee_id=owner.user_id) == "CD"
    assert titles(client, assignee_id=owner.user_id, deal_id=four.pk) == ""


@pytest.mark.parametrize(
    ("words", "found"), [("muller", ["Müller anrufen"]), ("ДОГОВОР", ["Договор"]), ("100%", ["100% sure"]), ("0%s", [])]
)
def test_search_is_for_a_part_of_the_title(client, member, words, found):
    deal = DealFactory(by=member)
    for title in ("Müller anrufen", "Договор", "100% sure"):
        TaskFactory(by=member, deal=deal, title=title)

    assert [row["title"] for row in client.get(URL, {"search": words}).json()["results"]] == found


def test_search_finds_titles_from_before_there_was_one(client, four):
    Task.objects.update(search_text="")

    import_module("tasks.migrations.0004_fold_titles").fold_titles(apps, None)

    assert titles(client, search="b") == "B"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("deal_id", "987654321"),
        ("deal_id", "abc"),
        ("deal_id", str(2**63)),
        ("assignee_id", "-1"),
        ("assignee_id", "987654321"),
        ("only_open", "perhaps"),
        ("only_open", "2"),
        ("due_before", "tomorrow"),
        ("due_before", "01/31/2090"),
        ("due_after", "2090-02-30"),
        ("due_after", "2090-01-01T00:00:00Z"),
        ("order_by", "is_done"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(client, four, name, value):
    response = client.get(URL, {name: value})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == [f"/{name}"]


@pytest.mark.parametrize("name", ["deal_id", "assignee_id"])
def test_what_belongs_to_others_is_worded_as_what_never_was(client, stranger, name):
    theirs = getattr(TaskFactory(by=stranger), name)

    seen, unknown = client.get(URL, {name: theirs}), client.get(URL, {name: 987_654_321})

    assert (seen.status_code, unknown.status_code) == (400, 400)
    assert seen.json()["errors"] == unknown.json()["errors"]


@pytest.mark.parametrize(("order", "found"), [("asc", "ABCD"), ("desc", "CBAD")])
def test_tasks_without_a_due_date_come_last(client, four, order, found):
    assert titles(client, order_by="due_date", order=order) == found


def test_a_list_shows_one_organization(client, four, stranger):
    TaskFactory(by=stranger, title="Z")

    assert titles(client) == "ABCD"
