"""How many statements a change costs: no rule asks the database for itself."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from tasks.models import Task
from tasks.tests.factories import TaskFactory

pytestmark = pytest.mark.django_db

TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


@pytest.fixture
def statements():
    """`statements(act)`: each statement as its verb and its table, without those of the transaction."""

    def of(act):
        with CaptureQueriesContext(connection) as captured:
            act()
        asked = [query["sql"] for query in captured.captured_queries]
        return [_short(sql) for sql in asked if not sql.startswith(TRANSACTION)]

    return of


def _short(sql):
    words = sql.replace('"', "").split()
    table = {"SELECT": "FROM", "INSERT": "INTO", "DELETE": "FROM", "UPDATE": "UPDATE"}[words[0]]
    return f"{words[0]} {words[words.index(table) + 1]}"


@pytest.fixture
def deal(owner):
    company = CompanyFactory(by=owner)
    contact = ContactFactory(by=owner, company=company)
    pk = DealFactory(by=owner, contact=contact, company=company, external_id="D-1").pk
    return Deal.objects.select_related("contact", "company", "owner", "stage").get(pk=pk)


def test_a_new_title_costs_the_lock_and_the_update(deal, owner, statements):
    deal.title = "New"

    assert statements(lambda: deal.save_by(owner)) == ["SELECT deals_deal", "UPDATE deals_deal"]


def test_a_move_writes_its_history_too(deal, owner, statements):
    deal.stage = Stage.objects.get(slug="proposal")

    assert statements(lambda: deal.save_by(owner)) == [
        "SELECT deals_deal",
        "SELECT deals_stage",
        "UPDATE deals_deal",
        "INSERT deals_stagechange",
        "INSERT activities_activity",
    ]


def test_many_entries_are_one_statement(deal, owner, statements):
    deal.stage, deal.amount, deal.status = Stage.objects.get(slug="proposal"), 5, "won"

    assert statements(lambda: deal.save_by(owner)) == [
        "SELECT deals_deal",
        "SELECT deals_stage",
        "UPDATE deals_deal",
        "INSERT deals_stagechange",
        "INSERT activities_activity",
    ]


def test_only_a_changed_unique_value_is_asked_for(deal, owner, statements):
    deal.external_id = "D-2"

    assert statements(lambda: deal.save_by(owner)) == ["SELECT deals_deal", "SELECT deals_deal", "UPDATE deals_deal"]


def test_only_a_changed_owner_is_asked_for(deal, owner, member, statements):
    deal.owner = member.user

    assert statements(lambda: deal.save_by(owner)) == [
        "SELECT deals_deal",
        "SELECT organizations_membership",
        "UPDATE deals_deal",
        "INSERT activities_activity",
    ]


def test_no_change_costs_the_lock(deal, owner, statements):
    assert statements(lambda: deal.save_by(owner)) == ["SELECT deals_deal"]


def test_a_new_deal(owner, statements):
    new = Deal(contact=ContactFactory(by=owner), title="New", external_id="D-2")

    assert statements(lambda: new.save_by(owner)) == [
        "SELECT deals_stage",
        "SELECT deals_deal",
        "INSERT deals_deal",
        "INSERT deals_stagechange",
        "INSERT activities_activity",
    ]


def test_a_refused_change_asks_no_more_than_the_lock(deal, owner, statements):
    deal.status, deal.title, deal.external_id = "won", "", "\x00"

    def attempt():
        with pytest.raises(Exception, match="amount above zero"):
            deal.save_by(owner)

    assert statements(attempt) == ["SELECT deals_deal"]


def test_the_organization_is_not_asked_for_but_taken_from_who_acts(owner, deal, statements):
    TaskFactory(by=owner, deal=deal)
    task = Task.objects.get()
    task.due_date = date(2999, 1, 1)

    assert statements(lambda: task.save_by(owner)) == ["SELECT tasks_task", "UPDATE tasks_task"]
