"""All of a task on pages of their own: reading, creating, changing, deleting."""

import pytest
import time_machine

from deals.tests.factories import DealFactory
from tasks.models import Task
from tasks.tests.factories import TaskFactory


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False):
        yield


@pytest.fixture
def deal(member):
    return DealFactory(by=member, title="Solar roof")


def test_task_with_all_that_is_known(at, member, deal):
    task = TaskFactory(by=member, deal=deal, title="Call", due_date="2026-11-24", description="Ask\n<b>twice</b>")

    page = at(member).read(f"tasks/{task.pk}/")

    assert page.heading == "Call"
    assert page.properties == {
        "Deal": "Solar roof",
        "Due": "Tuesday 24 November",
        "Assignee": "MMMax Member",
        "Description": "Ask&lt;b&gt;twice&lt;/b&gt;",
        "Created": "23 Nov 2026",
    }


def test_deal_and_title_are_enough(at, member, deal):
    page = at(member).send("tasks/new/", title="Call", deal="Solar roof")

    task = Task.objects.get()
    assert (page.status, page.url) == (302, f"/o/{member.organization.slug}/tasks/{task.pk}/")
    assert (task.title, task.deal, task.assignee, task.due_date) == ("Call", deal, member.user, None)


def test_every_field(at, manager, member, deal):
    values = {"title": "Call", "due_date": "2026-12-01", "description": "Ask twice"}

    at(manager).send("tasks/new/", **values, deal="Solar roof", assignee=member.user_id)

    task = Task.objects.get()
    assert {name: str(getattr(task, name)) for name in values} == values
    assert task.assignee == member.user


def test_words_of_days_stay_in_the_title_of_the_whole_form(at, member, deal):
    at(member).send("tasks/new/", title="Call tomorrow", deal="Solar roof")

    assert Task.objects.get().title == "Call tomorrow"


def test_address_names_the_deal(at, member, deal):
    page = at(member).read("tasks/new/", deal=deal.pk)

    assert f'value="Solar roof #{deal.pk}"' in page.html


@pytest.mark.parametrize("number", ["x", "0", "9" * 40, "", "Solar roof"])
def test_odd_address_names_no_deal(at, member, deal, number):
    page = at(member).read("tasks/new/", deal=number)

    assert (page.status, 'id="id_deal" value' in page.html) == (200, False)


def test_address_names_no_deal_of_others(at, member, stranger):
    theirs = DealFactory(by=stranger, title="Theirs")

    assert "Theirs" not in at(member).read("tasks/new/", deal=theirs.pk).html


def test_one_goes_back_to_where_one_came_from(at, member, deal):
    place = f"/o/{member.organization.slug}/"

    created = at(member).send(f"tasks/new/?next={place}deals/", title="Call", deal="Solar roof")
    led_away = at(member).send("tasks/new/?next=//evil.example/", title="Call", deal="Solar roof")

    assert (created.url, led_away.url.startswith(f"{place}tasks/new/")) == (f"{place}deals/", True)


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({}, {"title": "This field is required.", "deal": "This field is required."}),
        ({"title": "Call", "deal": "Nothing"}, {"deal": "There is none called “Nothing”."}),
        (
            {"title": "Call", "deal": "Solar roof", "due_date": "2026-11-22"},
            {"due_date": "Choose today or a later day."},
        ),
        ({"title": "Call", "deal": "Solar roof", "due_date": "soon"}, {"due_date": "Enter a valid date."}),
    ],
)
def test_refusal_is_shown_at_its_field_and_changes_nothing(at, member, deal, values, errors):
    assert at(member).send("tasks/new/", **values).errors == (422, errors)
    assert Task.objects.count() == 0


@pytest.mark.parametrize(("role", "asked"), [("owner", True), ("admin", True), ("manager", True), ("member", False)])
def test_only_who_may_assign_is_asked_for_the_assignee(at, request, role, asked):
    assert ("assignee" in at(request.getfixturevalue(role)).read("tasks/new/").fields) == asked


def test_member_cannot_name_another_assignee_anyway(at, owner, member, deal):
    at(member).send("tasks/new/", title="Call", deal="Solar roof", assignee=owner.user_id)

    assert Task.objects.get().assignee == member.user


def test_changing_a_task_keeps_its_deal_among_namesakes(at, owner, deal):
    DealFactory(by=owner, title="Solar roof")
    task = TaskFactory(by=owner, deal=deal, title="Call")
    reader = at(owner)
    assert f'value="Solar roof #{deal.pk}"' in reader.read(f"tasks/{task.pk}/edit/").html

    sent = {"title": "Call Anna", "deal": f"Solar roof #{deal.pk}", "assignee": owner.user_id, "seen_version": 1}
    page = reader.send(f"tasks/{task.pk}/edit/", **sent)

    task.refresh_from_db()
    assert (page.status, task.title, task.deal, task.version) == (302, "Call Anna", deal, 2)


def test_overdue_task_is_changed_without_another_day(at, member, deal):
    with time_machine.travel("2026-11-01T12:00:00Z", tick=False):
        task = TaskFactory(by=member, deal=deal, due_date="2026-11-02")

    page = at(member).send(f"tasks/{task.pk}/edit/", title="Call", deal="Solar roof", due_date="2026-11-02")

    task.refresh_from_db()
    assert (page.status, task.title) == (302, "Call")


@pytest.mark.parametrize(("role", "status"), [("owner", 302), ("admin", 302), ("manager", 302), ("member", 422)])
def test_who_may_delete_the_tasks_of_others(at, owner, request, role, status):
    task = TaskFactory(by=owner)

    page = at(request.getfixturevalue(role)).send(f"tasks/{task.pk}/delete/")

    assert (page.status, Task.objects.count()) == (status, int(status == 422))


@pytest.mark.parametrize("page", ["", "edit/", "delete/"])
@pytest.mark.parametrize("number", ["0", "999999", "9" * 40, "x"])
def test_task_that_never_was_is_not_there(at, member, number, page):
    assert at(member).read(f"tasks/{number}/{page}").status == 404


@pytest.mark.parametrize(("path", "queries"), [("new/", 5), ("{pk}/", 5), ("{pk}/edit/", 9)])
def test_page_asks_the_database_little(at, owner, django_assert_num_queries, path, queries):
    task = TaskFactory(by=owner)
    reader = at(owner)

    with django_assert_num_queries(queries):
        reader.read("tasks/" + path.format(pk=task.pk))
