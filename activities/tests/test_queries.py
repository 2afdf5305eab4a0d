"""How often the database is asked: never once a row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.tests.factories import ActivityFactory
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from tasks.tests.factories import TaskFactory

OF_THE_TRANSACTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def statements(function):
    """The statements that this function sends, apart from those of the transaction."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        function()
    return [query["sql"] for query in captured if not query["sql"].startswith(OF_THE_TRANSACTION)]


def new_contact(by):
    return ContactFactory(by=by, company=CompanyFactory(by=by))


def new_deal(by):
    return DealFactory(by=by, contact=new_contact(by), company=CompanyFactory(by=by))


def new_pipeline(by):
    return Pipeline(organization=by.organization, name=f"Pipeline {Pipeline.objects.count()}").save_by(None)


def new_stage(by):
    pipeline = Pipeline.objects.for_membership(by).get()
    return Stage(pipeline=pipeline, slug=f"stage-{pipeline.stages.count()}", name="Stage").save_by(None)


NEW = {
    "contacts": new_contact,
    "companies": lambda by: CompanyFactory(by=by),
    "deals": new_deal,
    "pipelines": new_pipeline,
    "stages": new_stage,
    "tasks": lambda by: TaskFactory(by=by),
    "activities": lambda by: ActivityFactory(by=by, deal=Deal.objects.first() or new_deal(by)),
}


@pytest.mark.parametrize("paging", ["", "?cursor="])
@pytest.mark.parametrize("kind", NEW)
def test_a_list_asks_no_more_for_thirty_rows_than_for_one(call, owner, kind, paging):
    client, url = call(owner), f"/api/v1/{kind}{paging}"
    NEW[kind](owner)
    one = statements(lambda: client.get(url))
    for _ in range(29):
        NEW[kind](owner)

    thirty = statements(lambda: client.get(url + ("&" if paging else "?") + "page_size=100"))

    assert len(thirty) == len(one) == 2


def test_filters_ask_once_each(call, owner):
    deal = new_deal(owner)
    filters = {"contact_id": deal.contact_id, "stage": ["qualification", "proposal"], "status": ["new", "won"]}

    asked = statements(lambda: call(owner).get("/api/v1/deals", filters))

    assert len(asked) == 3
    assert not any("DISTINCT" in sql for sql in asked)


def test_the_timeline_of_a_deal_asks_for_the_deal_too(call, owner):
    deal = new_deal(owner)

    def url(size):
        return f"/api/v1/deals/{deal.pk}/activities?page_size={size}"

    one = statements(lambda: call(owner).get(url(2)))
    for _ in range(29):
        ActivityFactory(by=owner, deal=deal)

    assert len(statements(lambda: call(owner).get(url(100)))) == len(one) == 3


@pytest.mark.parametrize("kind", NEW)
def test_one_record_is_asked_for_once_after_who_is_calling(call, owner, kind):
    url = f"/api/v1/{kind}/{NEW[kind](owner).pk}"

    asked = statements(lambda: call(owner).get(url))

    assert len(asked) == 2
    assert "organizations_membership" in asked[0]
    assert "organizations_user" in asked[0]
    assert "organizations_organization" in asked[0]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ({"title": "New"}, 3),
        ({}, 2),
        ({"amount": 7, "status": "won"}, 4),
        ({"stage": "closed"}, 5),
        ({"stage": "closed", "amount": 7, "status": "won", "title": "New", "expected_close_date": "2030-01-01"}, 5),
    ],
)
def test_a_change_of_a_deal(call, owner, body, count):
    deal = new_deal(owner)

    asked = statements(lambda: call(owner).patch(f"/api/v1/deals/{deal.pk}", body))

    assert len(asked) == count


@pytest.mark.parametrize("name", ["contact_id", "company_id", "owner_id"])
def test_a_change_of_a_neighbor_asks_for_it_at_most_twice(call, owner, manager, name):
    deal = new_deal(owner)
    neighbor = {"contact_id": deal.contact_id, "company_id": CompanyFactory(by=owner).pk, "owner_id": manager.user_id}
    if name == "contact_id":
        neighbor[name] = new_contact(owner).pk

    asked = statements(lambda: call(owner).patch(f"/api/v1/deals/{deal.pk}", {name: neighbor[name]}))

    assert len(asked) <= 2 + 1 + 5
