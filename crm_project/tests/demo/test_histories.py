"""The year behind the demo: what happened to each deal, in order, and what the reports make of it."""

from collections import Counter
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F

from activities.models import Activity, Type
from deals.models import Deal, StageChange, Status
from organizations.models import Membership, Organization
from tasks.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_at")]

OPEN = (Status.NEW, Status.IN_PROGRESS)


@pytest.fixture(params=["nordwind", "alatau"])
def owner(request):
    return Membership.objects.select_related("organization").get(organization__slug=request.param, role="owner")


def today(loaded_at, organization):
    return loaded_at.astimezone(ZoneInfo(organization.time_zone)).date()


def test_nothing_happens_in_the_future(loaded_at):
    for model in (Activity, Deal, StageChange, Task):
        assert not model.objects.filter(created_at__gt=loaded_at).exists()
    assert not StageChange.objects.filter(at__gt=loaded_at).exists()


def test_the_history_covers_a_year(loaded_at):
    assert 330 <= (loaded_at - Deal.objects.earliest("created_at").created_at).days <= 365
    assert (loaded_at - Activity.objects.latest("created_at").created_at).days <= 3


def test_nobody_works_on_weekends(loaded_at):
    for organization in Organization.objects.all():
        zone = ZoneInfo(organization.time_zone)
        entries = Activity.objects.filter(organization=organization, created_at__lt=loaded_at)
        days = {entry.created_at.astimezone(zone).weekday() for entry in entries}
        assert days == {0, 1, 2, 3, 4}


def test_entries_of_a_deal_are_in_order():
    for deal in Deal.objects.prefetch_related("activities"):
        entries = sorted(deal.activities.all(), key=lambda entry: entry.pk)
        assert (entries[0].type, entries[0].created_at) == (Type.DEAL_CREATED, deal.created_at)
        assert all(one.created_at <= other.created_at for one, other in pairwise(entries))


def test_every_entry_has_an_author_of_its_organization():
    members = set(Membership.objects.values_list("organization", "user"))

    assert set(Activity.objects.order_by().values_list("organization", "author").distinct()) <= members


def test_stage_changes_lead_to_where_the_deal_stands():
    for deal in Deal.objects.prefetch_related("stage_changes"):
        moves = sorted(deal.stage_changes.all(), key=lambda move: move.pk)
        assert [move.from_stage_id for move in moves] == [None, *(move.to_stage_id for move in moves[:-1])]
        assert (moves[-1].to_stage_id, moves[-1].at) == (deal.stage_id, deal.stage_entered_at)


def test_won_deals_have_an_amount_and_are_in_the_last_stage():
    won = Deal.objects.filter(status=Status.WON)

    assert won.count() == won.filter(amount__gt=0, stage__slug="closed").count() == 40


def test_lost_deals_say_why():
    lost = Deal.objects.filter(status=Status.LOST)

    assert lost.count() == lost.exclude(lost_reason="").count() == 63


def test_amounts_and_owners_change_now_and_then():
    assert Activity.objects.filter(type=Type.AMOUNT_CHANGED).count() == 170
    assert Activity.objects.filter(type=Type.OWNER_CHANGED).count() == 13


def test_tasks_are_overdue_due_today_upcoming_and_done(loaded_at):
    ages = Counter()
    for task in Task.objects.select_related("organization"):
        day = today(loaded_at, task.organization)
        age = "overdue" if task.due_date < day else "today" if task.due_date == day else "upcoming"
        ages[task.organization.slug, "done" if task.is_done else age] += 1

    assert ages == {
        ("nordwind", "overdue"): 6,
        ("nordwind", "today"): 10,
        ("nordwind", "upcoming"): 40,
        ("nordwind", "done"): 249,
        ("alatau", "overdue"): 4,
        ("alatau", "today"): 5,
        ("alatau", "upcoming"): 19,
        ("alatau", "done"): 98,
    }


def test_everybody_has_something_to_do():
    for member in Membership.objects.all():
        assert Task.objects.for_membership(member).open().filter(assignee=member.user).exists()


def test_some_deals_are_stuck(loaded_at):
    deals = Deal.objects.filter(status__in=OPEN).select_related("stage")

    assert sum((loaded_at - deal.stage_entered_at).days > deal.stage.expected_days for deal in deals) == 17


def test_some_open_deals_were_to_close_in_the_past(loaded_at):
    deals = Deal.objects.filter(status__in=OPEN, expected_close_date__isnull=False).select_related("organization")

    assert sum(deal.expected_close_date < today(loaded_at, deal.organization) for deal in deals) == 16


def test_some_open_deals_have_no_next_step():
    assert Deal.objects.filter(status__in=OPEN).exclude(tasks__is_done=False).count() == 26


def test_no_deal_was_to_close_before_it_began():
    assert list(Deal.objects.filter(expected_close_date__lt=F("created_at__date"))) == []


@pytest.mark.parametrize(("owner", "unconverted"), [("nordwind", ["GBP"]), ("alatau", [])], indirect=["owner"])
def test_the_summary_names_the_currency_without_a_rate(call, owner, unconverted):
    summary = call(owner).get("/api/v1/analytics/deals/summary").json()

    assert summary["unconverted"] == unconverted


@pytest.mark.parametrize(
    ("owner", "reached"), [("nordwind", [140, 95, 57, 28]), ("alatau", [60, 41, 25, 12])], indirect=["owner"]
)
def test_the_funnel_narrows(call, owner, reached):
    funnel = call(owner).get("/api/v1/analytics/deals/funnel").json()

    assert [stage["reached"] for stage in funnel["stages"]] == reached
