"""What is up today: one's own tasks, the deals that stand still, the pipeline, what happened."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from activities.tests.factories import ActivityFactory
from contacts.tests.factories import CompanyFactory, ContactFactory
from crm_project.asked_today import STANDING_STILL
from deals.models import Deal, Status
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from organizations.tests.factories import OrganizationFactory
from tasks.tests.factories import TaskFactory

NOON = "2026-11-23T12:00:00Z"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


def on(day):
    return time_machine.travel(f"{day}T12:00:00Z", tick=False)


def busy_deal(by, **fields):
    """A deal with a next step."""
    deal = DealFactory(by=by, **fields)
    TaskFactory(by=by, deal=deal, due_date="2090-01-01")
    return deal


def today(at, by):
    page = at(by).read("")
    assert page.status == 200
    return page


def subjects(page):
    return page.all(r'<p class="subject truncate">(.*?)</p>')


def part(page, name):
    return page.html.split(f'aria-labelledby="{name}"')[1].split("</section>")[0]


def attention(page):
    """The deals that need some, each with its reasons."""
    items = page.all(r'<a class="deal"[^>]*>(.*?</span>\s*)</span>')
    return [" ".join(item.split()) for item in items]


def test_page_says_which_day_it_is(at, member):
    page = today(at, member)

    assert (page.heading, page.all('<time datetime="2026-11-23">(.*?)</time>')) == ("Today", ["Monday 23 November"])


def test_page_is_called_by_the_start_of_the_organization(at, member):
    response = at(member).get("/")

    assert response["Location"] == f"/o/{member.organization.slug}/"


def test_ones_own_tasks_of_today_and_before(at, owner, member):
    deal = DealFactory(by=member)
    with on("2026-11-01"):
        TaskFactory(by=member, deal=deal, title="Late", due_date="2026-11-20")
    for title, due in [("Now", "2026-11-23"), ("Soon", "2026-11-24"), ("Some day", None)]:
        TaskFactory(by=member, deal=deal, title=title, due_date=due)
    TaskFactory(by=member, deal=deal, title="Done", due_date="2026-11-23", is_done=True)
    TaskFactory(by=owner, title="Theirs", due_date="2026-11-23")

    page = today(at, member)

    assert subjects(page) == ["Late", "Now"]
    assert page.all(r'<h3 class="group-label[^>]*>(.*?)</h3>') == ["Overdue", "Today"]
    assert page.all(r'id="my-tasks">.*?</h2><span class="count">(.*?)</span>') == ["2"]


def test_tasks_beyond_twenty_are_counted(at, member):
    deal = DealFactory(by=member)
    for _ in range(22):
        TaskFactory(by=member, deal=deal, due_date="2026-11-23")

    page = today(at, member)

    assert len(subjects(page)) == 20
    assert page.all(r'id="my-tasks">.*?</h2><span class="count">(.*?)</span>') == ["22"]


def test_today_is_where_the_organization_is(at, member):
    member.organization.time_zone = "Pacific/Kiritimati"
    member.organization.save_by(None)
    TaskFactory(by=member, title="There", due_date="2026-11-24")

    assert subjects(today(at, member)) == ["There"]


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({}, "No next step"),
        ({"expected_close_date": date(2026, 11, 22)}, "No next step Close date passed"),
        ({"expected_close_date": date(2026, 11, 23)}, "No next step"),
    ],
)
def test_deal_tells_why_it_needs_attention(at, member, fields, reasons):
    DealFactory(by=member, title="Solar roof", contact__name="Anna", **fields)

    assert attention(today(at, member)) == [f"Solar roofAnna · Qualification {reasons}"]


def test_deal_that_is_closed_meanwhile_is_not_shown(at, member, monkeypatch):
    deal, ask = DealFactory(by=member), STANDING_STILL.rows

    def ask_and_close(*values):
        found = ask(*values)
        Deal.objects.filter(pk=deal.pk).update(status=Status.LOST, closed_at=timezone.now())
        return found

    monkeypatch.setattr(STANDING_STILL, "rows", ask_and_close)

    assert attention(today(at, member)) == []


@pytest.mark.parametrize(("entered", "reasons"), [("2026-11-09", []), ("2026-11-08", ["15 of 14 days"])])
def test_deal_that_stays_longer_than_expected_is_stuck(at, member, entered, reasons):
    with on(entered):
        busy_deal(member, title="Solar roof", contact__name="Anna")

    assert attention(today(at, member)) == [f"Solar roofAnna · Qualification {words}" for words in reasons]


def test_stage_without_a_limit_keeps_deals_as_long_as_they_like(at, member):
    with on("2020-01-01"):
        busy_deal(member, stage=Stage.objects.get(organization=member.organization, slug="closed"))

    assert attention(today(at, member)) == []


def test_done_tasks_are_no_next_step(at, member):
    TaskFactory(by=member, deal=DealFactory(by=member), is_done=True)

    assert len(attention(today(at, member))) == 1


@pytest.mark.parametrize("status", ["won", "lost"])
def test_closed_deals_need_no_attention(at, member, status):
    DealFactory(by=member, status=status, amount=1)

    assert attention(today(at, member)) == []


def test_deals_of_others_are_theirs_to_attend_to(at, owner, member):
    DealFactory(by=owner)

    assert attention(today(at, member)) == []


def test_worst_comes_first_ten_at_most(at, member):
    with on("2026-11-01"):
        DealFactory(by=member, title="Worst", expected_close_date=date(2026, 11, 20))
    busy_deal(member, title="Late", expected_close_date=date(2026, 11, 10))
    for number in range(10):
        DealFactory(by=member, title=f"Idle {number}")

    page = today(at, member)

    titles = page.all(r'<a class="deal"[^>]*>(.*?)</a>')
    assert titles == ["Worst", "Late", *[f"Idle {number}" for number in range(8)]]
    assert page.all(r'id="attention">.*?</h2><span class="count">(.*?)</span>') == ["12"]


# What happened, and how one begins


def test_last_eight_things_that_happened(at, owner, member):
    deal = DealFactory(by=owner, title="Solar roof")
    for _ in range(7):
        ActivityFactory(by=owner, deal=deal)
    ActivityFactory(by=member, deal=deal)

    page = today(at, member)
    page.html = part(page, "activity")
    told = [" ".join(line.split()) for line in page.all("(<strong>.*?)<time")]

    assert (len(told), told[0], told[1]) == (8, "You commented · Solar roof", "Olga Owner commented · Solar roof")


def test_nothing_of_another_organization_is_told(at, owner, stranger):
    ActivityFactory(by=stranger)
    TaskFactory(by=stranger, due_date="2026-11-23")
    page = today(at, owner)

    assert (subjects(page), attention(page), "commented" in page.html) == ([], [], False)


def steps(page):
    return page.all(r'<li(?: class="is-done")?>.*?<h3>(.*?)</h3>'), page.all(r'<li class="is-done">.*?<h3>(.*?)</h3>')


ALL_STEPS = ["Create a contact", "Create a deal", "Invite a colleague"]


def test_new_organization_is_told_how_to_begin(at, owner):
    page = today(at, owner)

    assert steps(page) == (ALL_STEPS, [])
    assert "My pipeline" not in page.html


def test_steps_that_are_done_are_ticked(at, owner, member):
    ContactFactory(by=owner, company=CompanyFactory(by=owner))

    assert steps(today(at, owner)) == (ALL_STEPS, ["Create a contact", "Invite a colleague"])


def test_who_may_not_invite_is_not_asked_to(at, member):
    assert steps(today(at, member))[0] == ALL_STEPS[:2]


def test_organization_at_work_is_told_nothing_of_beginnings(at, owner):
    DealFactory(by=owner)

    page = today(at, owner)

    assert (steps(page)[0], "My pipeline" in page.html) == ([], True)


def test_beginnings_of_others_do_not_count(at, owner, stranger):
    DealFactory(by=stranger)
    OrganizationFactory()

    assert steps(today(at, owner)) == (ALL_STEPS, [])


@pytest.mark.parametrize("count", [1, 12])
def test_page_asks_the_database_as_often_for_much(at, owner, django_assert_num_queries, count):
    for _ in range(count):
        TaskFactory(by=owner, due_date="2026-11-23", deal=DealFactory(by=owner, currency="USD"))
        DealFactory(by=owner, expected_close_date=date(2026, 11, 1))
    reader = at(owner)

    with django_assert_num_queries(11):
        reader.read("")


def test_page_asks_twelve_times_at_most(at, owner, member, django_assert_num_queries):
    deal = DealFactory(by=owner)
    deal.stage = Stage.objects.get(organization=owner.organization, slug="closed")
    deal.owner = member.user
    deal.save_by(owner)
    reader = at(owner)

    with django_assert_num_queries(12):
        reader.read("")
