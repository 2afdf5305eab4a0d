"""The list of tasks: whose, when, in which order, with what may be done to each."""

import re

import pytest
import time_machine

from deals.tests.factories import DealFactory
from organizations.tenancy import views
from tasks.tests.factories import TaskFactory

MONDAY = "2026-11-23T12:00:00Z"
ALL = {"assignee_id": ""}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(MONDAY, tick=False):
        yield


def written_long_ago(by, **fields):
    with time_machine.travel("2026-11-01T12:00:00Z", tick=False):
        return TaskFactory(by=by, **fields)


@pytest.fixture
def five(member):
    deal = DealFactory(by=member, title="Solar roof")
    for title, due in [("Late", "2026-11-20"), ("Now", "2026-11-23"), ("Soon", "2026-11-24"), ("Some day", None)]:
        written_long_ago(member, deal=deal, title=title, due_date=due)
    TaskFactory(by=member, deal=deal, title="Past", is_done=True)


def subjects(page):
    return page.all(r'<p class="subject truncate">(.*?)</p>')


def tabs(page):
    return [" ".join(tab.split()) for tab in page.all(r'<nav class="view-tabs".*?</nav>')[0].splitlines()]


def days(page):
    return page.all(r'class="section-header"><h2[^>]*>(.*?)</h2>')


@pytest.mark.parametrize(
    ("when", "found", "headings"),
    [
        ("overdue", ["Late"], ["Friday 20 November"]),
        ("today", ["Now"], ["Monday 23 November"]),
        ("upcoming", ["Soon", "Some day"], ["Tuesday 24 November", "No date"]),
        ("done", ["Past"], ["Monday 23 November"]),
    ],
)
def test_tasks_of_a_tab_by_day(at, member, five, when, found, headings):
    page = at(member).read("tasks/", when=when)

    assert (subjects(page), days(page)) == (found, headings)


def test_tabs_count_what_is_in_them(at, member, five):
    assert tabs(at(member).read("tasks/", when="done")) == ["Overdue 1Today 1Upcoming 2Done 1"]


@pytest.mark.parametrize(("titles", "chosen"), [(["Late", "Now"], ["Late"]), (["Now"], ["Now"]), ([], [])])
def test_list_begins_with_what_is_most_urgent(at, member, titles, chosen):
    for title, due in [("Late", "2026-11-20"), ("Now", "2026-11-23")]:
        if title in titles:
            written_long_ago(member, title=title, due_date=due)

    assert subjects(at(member).read("tasks/")) == chosen


@pytest.mark.parametrize("when", ["", "never", "DONE", "\0"])
def test_tab_that_is_none_is_the_most_urgent(at, member, five, when):
    assert subjects(at(member).read("tasks/", when=when)) == ["Late"]


def test_days_are_those_of_the_organization(at, member, five):
    member.organization.time_zone = "Pacific/Kiritimati"
    member.organization.save_by(None)

    assert subjects(at(member).read("tasks/", when="today")) == ["Soon"]


def test_done_tasks_stand_under_the_organizations_day(at, member):
    member.organization.time_zone = "Pacific/Kiritimati"
    member.organization.save_by(None)
    TaskFactory(by=member, is_done=True)

    assert days(at(member).read("tasks/", when="done")) == ["Tuesday 24 November"]


@pytest.mark.parametrize(
    ("whose", "found"), [({}, ["Mine"]), (ALL, ["Mine", "Theirs"]), ({"assignee_id": "owner"}, ["Theirs"])]
)
def test_mine_everyones_or_somebodys(at, owner, member, whose, found):
    TaskFactory(by=member, title="Mine")
    TaskFactory(by=owner, title="Theirs")
    if whose.get("assignee_id"):
        whose = {"assignee_id": owner.user_id}

    assert subjects(at(member).read("tasks/", **whose)) == found


def test_who_is_asked_for_stays_chosen(at, owner, member):
    page = at(member).read("tasks/", assignee_id=owner.user_id)

    assert page.all("<option[^>]* selected>(.*?)</option>") == ["Olga Owner"]


def test_tasks_of_one_deal(at, member, five):
    TaskFactory(by=member, title="Other")
    deal = DealFactory(by=member, title="Wind park")
    TaskFactory(by=member, deal=deal, title="Call")

    page = at(member).read("tasks/", deal_id=deal.pk)

    assert (subjects(page), page.all('class="filter-chip"><span>(.*?)</span>')) == (["Call"], ["Wind park"])


@pytest.mark.parametrize("parameters", [{"assignee_id": "x"}, {"assignee_id": "9" * 40}, {"deal_id": "0"}])
def test_odd_filter_finds_nothing_and_says_so(at, member, five, parameters):
    page = at(member).read("tasks/", **parameters)

    assert (page.status, subjects(page), len(page.reasons)) == (200, [], 1)


def test_tasks_of_others_are_not_in_the_list(at, owner, stranger):
    TaskFactory(by=stranger)

    assert subjects(at(owner).read("tasks/", **ALL)) == []


def test_pages(at, member, monkeypatch):
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    for day in (24, 25, 26):
        TaskFactory(by=member, title=f"Due {day}", due_date=f"2026-11-{day}")

    first = at(member).read("tasks/")
    second = at(member).read(
        "tasks/" + re.search(r'href="([^"]*)" *rel="next"|rel="next" href="([^"]*)"', first.html)[2]
    )

    assert (subjects(first), subjects(second)) == (["Due 24", "Due 25"], ["Due 26"])


def test_row_says_deal_company_and_day(at, member):
    deal = DealFactory(by=member, title="Solar roof", contact__name="Anna Karg")
    TaskFactory(by=member, deal=deal, due_date="2026-11-24")

    page = at(member).read("tasks/")

    assert page.all(r'<p class="about truncate">(.*?)</p>') == ["Solar roof · Anna Karg"]
    assert page.all(r'<time datetime="2026-11-24" title="Tuesday 24 November">(.*?)</time>') == ["Tomorrow"]


def test_text_of_people_is_no_markup(at, member):
    TaskFactory(by=member, title="<b>Call</b>", description="<i>")

    assert "<b>Call" not in at(member).read("tasks/").html


@pytest.mark.parametrize(("role", "may"), [("owner", True), ("admin", True), ("manager", True), ("member", False)])
def test_only_who_may_change_a_task_is_shown_how(at, owner, request, role, may):
    task = TaskFactory(by=owner, title="Call")

    page = at(request.getfixturevalue(role)).read("tasks/", **ALL)

    ways = [f"tasks/{task.pk}/edit/?next" in page.html, f"tasks/{task.pk}/snooze/" in page.html]
    refused = 'disabled title="You may change only tasks of yours or on your deals."' in page.html
    assert (ways, refused) == ([may, may], not may)


@pytest.mark.parametrize(("role", "may"), [("manager", True), ("member", False)])
def test_only_who_may_assign_is_shown_how(at, request, role, may):
    by = request.getfixturevalue(role)
    TaskFactory(by=by, title="Call")

    assert ("Assign: Call" in at(by).read("tasks/").html) == may


@pytest.mark.parametrize("when", ["overdue", "today", "upcoming", "done"])
def test_list_that_is_empty_says_so(at, member, when):
    assert len(at(member).read("tasks/", when=when).all('class="empty-state">.*?<h2>(.*?)</h2>')) == 1


@pytest.mark.parametrize("count", [1, 12])
def test_list_asks_the_database_as_often_for_many_rows(at, owner, member, django_assert_num_queries, count):
    for _ in range(count):
        TaskFactory(by=member, deal=DealFactory(by=owner))
    deal = TaskFactory(by=owner).deal
    reader = at(owner)

    with django_assert_num_queries(10):
        reader.read("tasks/")
    with django_assert_num_queries(11):
        reader.read("tasks/", assignee_id=member.user_id)
    with django_assert_num_queries(10):
        reader.read("tasks/", assignee_id="", deal_id=deal.pk)
