"""What a change by a program costs, from the token to the answer."""

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.tests.factories import DealFactory
from organizations.tests.statements import statements_of
from tasks.tests.factories import TaskFactory

pytestmark = pytest.mark.django_db
WHO = "SELECT organizations_membership"


@pytest.fixture
def deal(owner):
    company = CompanyFactory(by=owner)
    return DealFactory(by=owner, contact=ContactFactory(by=owner, company=company), company=company)


def patch(call, by, path, body):
    caller = call(by)
    return statements_of(lambda: caller.patch(f"/api/v1/{path}", body))


def test_a_new_title_is_who_the_row_and_the_update(owner, call, deal):
    assert patch(call, owner, f"deals/{deal.pk}", {"title": "New"}) == [WHO, "SELECT deals_deal", "UPDATE deals_deal"]


def test_no_change_is_who_and_the_row(owner, call, deal):
    assert patch(call, owner, f"deals/{deal.pk}", {"title": deal.title}) == [WHO, "SELECT deals_deal"]


def test_a_new_amount_adds_the_timeline(owner, call, deal):
    assert patch(call, owner, f"deals/{deal.pk}", {"amount": 5}) == [
        WHO,
        "SELECT deals_deal",
        "UPDATE deals_deal",
        "INSERT activities_activity",
    ]


def test_a_move_adds_its_history(owner, call, deal):
    assert patch(call, owner, f"deals/{deal.pk}", {"stage": "proposal"}) == [
        WHO,
        "SELECT deals_deal",
        "UPDATE deals_deal",
        "INSERT deals_stagechange",
        "INSERT activities_activity",
    ]


def test_a_contact_and_a_task_are_changed_for_three(owner, call, deal):
    task = TaskFactory(by=owner, deal=deal)

    assert patch(call, owner, f"contacts/{deal.contact_id}", {"name": "New"}) == [
        WHO,
        "SELECT contacts_contact",
        "UPDATE contacts_contact",
    ]
    assert patch(call, owner, f"tasks/{task.pk}", {"title": "New"}) == [WHO, "SELECT tasks_task", "UPDATE tasks_task"]


def test_a_new_deal(owner, call, deal):
    caller = call(owner)

    assert statements_of(lambda: caller.post("/api/v1/deals", {"contact_id": deal.contact_id, "title": "New"})) == [
        WHO,
        "SELECT contacts_contact",
        "INSERT deals_deal",
        "INSERT deals_stagechange",
        "INSERT activities_activity",
    ]


def test_a_new_contact(owner, call):
    caller = call(owner)

    assert statements_of(lambda: caller.post("/api/v1/contacts", {"name": "Ann"})) == [
        WHO,
        "INSERT contacts_contact",
    ]
