"""What is changed in a list: done and open again, asleep until another day; and the way back from it."""

import re

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
def task(member):
    return TaskFactory(by=member, title="Call", due_date="2026-11-23")


@pytest.fixture
def late(member):
    with time_machine.travel("2026-11-01T12:00:00Z", tick=False):
        return TaskFactory(by=member, title="Late", due_date="2026-11-20")


def stored(task):
    task.refresh_from_db()
    return task.is_done, task.due_date and str(task.due_date)


def way_back(page):
    """The address and the fields of the form in the toast."""
    toast = page.html.split('class="toast"')[1].partition("data-dismiss")[0]
    address = re.search(r'action="/o/[^/]+/(.*?)"', toast)
    return address and address[1], dict(re.findall(r'type="hidden" name="((?!csrf)\w+)" value="(.*?)"', toast))


def test_task_is_done_and_the_reader_back_where_they_were(at, member, task):
    reader = at(member)
    back = f"{reader.place}tasks/?when=today"

    page = reader.send(f"tasks/{task.pk}/done/", is_done="true", next=back)

    assert (page.status, page.url, stored(task)[0]) == (302, back, True)
    assert reader.read("tasks/").toasts == ["Completed “Call”"]


@pytest.mark.parametrize(("first", "then"), [("true", ""), ("", "true")])
def test_toast_takes_back_what_was_done(at, member, task, first, then):
    task.is_done = not first
    task.save_by(member)
    reader = at(member)
    reader.send(f"tasks/{task.pk}/done/", is_done=first, next=f"{reader.place}tasks/")
    address, values = way_back(reader.read("tasks/"))

    reader.send(address, **values)

    assert stored(task)[0] == bool(then)
    assert reader.read("tasks/").toasts == ["Completed “Call”" if then else "Reopened “Call”"]


def test_done_twice_is_done_once(at, member, task):
    reader = at(member)
    for _ in range(2):
        reader.send(f"tasks/{task.pk}/done/", is_done="true")

    assert (stored(task)[0], task.version, task.deal.activities.filter(type="task_done").count()) == (True, 2, 1)


@pytest.mark.parametrize(("day", "words"), [("2026-11-24", "Tue 24 Nov"), ("2027-01-04", "4 Jan 2027")])
def test_task_sleeps(at, member, task, day, words):
    reader = at(member)

    page = reader.send(f"tasks/{task.pk}/snooze/", due_date=day)

    assert (page.status, page.url, stored(task)[1]) == (302, f"{reader.place}tasks/", day)
    assert reader.read("tasks/").toasts == [f"“Call” sleeps until {words}"]


def test_snooze_is_taken_back(at, member, task):
    reader = at(member)
    reader.send(f"tasks/{task.pk}/snooze/", due_date="2026-12-01")
    address, values = way_back(reader.read("tasks/"))

    reader.send(address, **values)

    assert (address, stored(task)[1]) == (f"tasks/{task.pk}/snooze/", "2026-11-23")


def test_snooze_of_a_task_without_a_date_is_taken_back(at, member):
    task = TaskFactory(by=member)
    reader = at(member)
    reader.send(f"tasks/{task.pk}/snooze/", due_date="2026-12-01")
    address, values = way_back(reader.read("tasks/"))

    reader.send(address, **values)

    assert stored(task)[1] is None


def test_no_way_back_to_a_day_that_is_past(at, member, late):
    reader = at(member)
    reader.send(f"tasks/{late.pk}/snooze/", due_date="2026-12-01")

    page = reader.read("tasks/")

    assert (page.toasts, way_back(page)) == (["“Late” sleeps until Tue 1 Dec"], (None, {}))


def test_way_back_is_closed_when_somebody_changed_the_task_since(at, member, task):
    reader = at(member)
    reader.send(f"tasks/{task.pk}/done/", is_done="true")
    address, values = way_back(reader.read("tasks/"))
    task.refresh_from_db()
    task.title = "Call Anna"
    task.save_by(member)

    page = reader.send(address, **values)

    assert page.errors == (422, {None: "This record was changed in the meantime. Load it again."})


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-22", "Choose today or a later day."),
        ("0001-01-01", "Choose today or a later day."),
        ("soon", "Enter a valid date."),
        ("2026-02-31", "Enter a valid date."),
        ("9" * 40, "Enter a valid date."),
    ],
)
def test_odd_day_is_refused_and_changes_nothing(at, member, task, day, sentence):
    page = at(member).send(f"tasks/{task.pk}/snooze/", due_date=day)

    assert (page.errors, stored(task)) == ((422, {"due_date": sentence}), (False, "2026-11-23"))


@pytest.mark.parametrize("next", ["//evil.example/", "https://evil.example/", "tasks/", "javascript:alert(1)"])
def test_nobody_is_led_away(at, member, task, next):
    page = at(member).send(f"tasks/{task.pk}/done/", is_done="true", next=next)

    assert page.url.startswith(f"/o/{member.organization.slug}/")


@pytest.mark.parametrize(("path", "values"), [("done", {"is_done": "true"}), ("snooze", {"due_date": "2026-12-01"})])
@pytest.mark.parametrize(("role", "may"), [("owner", True), ("admin", True), ("manager", True), ("member", False)])
def test_who_may_change_the_tasks_of_others(at, owner, request, role, may, path, values):
    task = TaskFactory(by=owner)
    before = stored(task)

    page = at(request.getfixturevalue(role)).send(f"tasks/{task.pk}/{path}/", **values)

    refused = (422, {None: "You may change only tasks of yours or on your deals."})
    assert (page.errors, stored(task) != before) == ((302, {}) if may else refused, may)


def test_member_does_what_is_assigned_to_them(at, owner, member):
    task = TaskFactory(by=owner, owner=member.user, deal=DealFactory(by=owner))

    at(member).send(f"tasks/{task.pk}/done/", is_done="true")

    assert stored(task)[0] is True


@pytest.mark.parametrize("path", ["done", "snooze"])
def test_change_has_a_page_of_its_own_for_who_comes_by_its_address(at, member, task, path):
    assert at(member).read(f"tasks/{task.pk}/{path}/").heading == "Call"


def by_htmx(reader, task, path, **values):
    headers = {
        "HX-Request": "true",
        "HX-Target": f"task-{task.pk}",
        "HX-Current-URL": f"http://testserver{reader.place}",
    }
    return reader.post(f"{reader.place}tasks/{task.pk}/{path}/", values, headers=headers)


def test_change_swaps_the_row_alone(at, member, task):
    response = by_htmx(at(member), task, "done", is_done="true")

    html = response.content.decode()
    assert html.lstrip().startswith(f'<li class="task-row is-done" id="task-{task.pk}">')
    assert ("<main" in html, 'hx-swap-oob="beforeend:#toasts"' in html) == (False, True)
    assert response["HX-Trigger"] == "tasks-changed"


def test_refused_change_says_so_in_the_row(at, member, task):
    response = by_htmx(at(member), task, "snooze", due_date="2026-11-01")

    html = response.content.decode()
    assert (response.status_code, "Choose today or a later day.</p>" in html) == (422, True)
    assert '<time datetime="2026-11-23" title="Monday 23 November">Today</time>' in html


def test_way_back_by_htmx_leads_to_the_page_that_one_is_on(at, member, task):
    reader = at(member)

    html = by_htmx(reader, task, "done", is_done="true").content.decode()

    toast = html.split('class="toast"')[1]
    assert f'name="next" value="{reader.place}"' in toast
    assert Task.objects.get().is_done is True


@pytest.mark.parametrize("path", ["done", "snooze"])
@pytest.mark.parametrize("number", ["0", "999999", "9" * 40, "x"])
def test_task_that_never_was_is_not_changed(at, member, path, number):
    assert at(member).send(f"tasks/{number}/{path}/", is_done="true").status == 404


def test_task_of_another_organization_is_not_changed(at, member, stranger):
    task = TaskFactory(by=stranger)

    assert at(member).send(f"tasks/{task.pk}/done/", is_done="true").status == 404
    assert stored(task)[0] is False
