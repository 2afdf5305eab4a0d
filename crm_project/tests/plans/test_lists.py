"""The plans of every list that the API offers, with 100,000 rows: no list is read from end to end, none is sorted.

Where a filter leaves a few rows only (a contact's deals, a rare word) those few are sorted: an index for each pair of
filter and order would cost every write more than it saves. The pages counted are those of the list's own table and
indexes; each neighbor of a row is looked up by its key beside. A page of 20 rows in the order of their making lies on
a page or two of the table; in any other order each row lies elsewhere, so that 20 and the way to them is the least.
"""

import re
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Company, Contact
from crm_project.tests.plans.many import fill
from crm_project.tests.plans.reading import explain
from deals.models import Deal
from deals.pipelines import Stage
from organizations.tests.factories import MembershipFactory

pytestmark = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="these are plans of PostgreSQL")

COUNT = 100_000
IN_ORDER_OF_MAKING, IN_ANY_ORDER = 10, 30
SORTED = 100
MOMENT, DAY = "2026-01-02T00:00:00Z", "2026-02-10"
ORDERS = {
    "contacts": ("contacts_contact", ["name", "created_at", "updated_at"]),
    "companies": ("contacts_company", ["name", "created_at", "updated_at"]),
    "deals": ("deals_deal", ["created_at", "updated_at", "amount", "title", "expected_close_date"]),
    "tasks": ("tasks_task", ["created_at", "updated_at", "due_date", "title"]),
    "activities": ("activities_activity", ["created_at"]),
}


@pytest.fixture
def many(owner, organization):
    for _ in range(4):
        MembershipFactory(organization=organization)
    fill(owner, COUNT)
    return owner


def filters(by):
    company, contact, deal = (model.objects.for_membership(by).order_by("pk")[7] for model in (Company, Contact, Deal))
    stage = Stage.objects.for_membership(by).get(slug="proposal")
    words, whose = {"search": "c4ca4238a0b9"}, {"owner_id": by.user_id}
    return {
        "contacts": [words, whose, {"company_id": company.pk}, {"external_id": "x"}],
        "companies": [words, whose, {"external_id": "x"}],
        "deals": [
            *({"status": "won"}, {"stage": "proposal"}, {"pipeline_id": stage.pipeline_id}, {"currency": "USD"}),
            *({"min_amount": 5000}, {"max_amount": 5000}, {"contact_id": contact.pk}, {"company_id": company.pk}),
            *(
                {"created_after": MOMENT},
                {"created_before": MOMENT},
                {"closed_after": MOMENT},
                {"closed_before": MOMENT},
            ),
            *(
                {"expected_close_after": DAY},
                {"expected_close_before": DAY},
                {"reached": stage.pk},
                {"external_id": "x"},
            ),
            *(words, whose),
        ],
        "tasks": [
            *({"deal_id": deal.pk}, {"assignee_id": by.user_id}, {"only_open": "true"}),
            *({"due_before": DAY}, {"due_after": DAY}, words),
        ],
        "activities": [{"deal_id": deal.pk}, {"author_id": by.user_id}, {"type": "comment"}],
    }


def page_of(client, path, asked, table):
    """The plan of the statement that reads the page, and where the next one is."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path, asked)
    assert answer.status_code == 200, answer.content
    listing = re.compile(rf'SELECT .* FROM "{table}" (?!U0).* LIMIT 21\b')
    [statement] = [query["sql"] for query in captured if listing.match(query["sql"])]
    return explain(statement, table), answer.json()["next"]


def faults(name, plan, limit=None):
    wrong = [f"{name}: reads all of {table}" for table in plan.scans]
    wrong += [f"{name}: sorts {count} rows" for count in plan.sorts if count > SORTED]
    return wrong + [f"{name}: {plan.buffers} buffers"] * (limit is not None and plan.buffers > limit)


def test_no_list_is_read_from_end_to_end_or_sorted(many, call):
    client, wrong = call(many), []
    for kind, narrowed in filters(many).items():
        table, columns = ORDERS[kind]
        for order_by, order in product(columns, ("asc", "desc")):
            asked = {"cursor": "", "order_by": order_by, "order": order}
            name, limit = f"{kind} {order_by} {order}", IN_ORDER_OF_MAKING if order_by == "created_at" else IN_ANY_ORDER
            first, beyond = page_of(client, f"/api/v1/{kind}", asked, table)
            following, _ = page_of(client, beyond, {}, table)
            wrong += faults(name, first, limit) + faults(f"{name} next", following, limit)
            for filter_ in narrowed:
                plan, _ = page_of(client, f"/api/v1/{kind}", {**asked, **filter_}, table)
                wrong += faults(f"{name} {' '.join(filter_)}", plan)

    assert wrong == []


def test_a_list_without_its_index_is_seen(owner, call):
    fill(owner, 5_000)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0; DROP INDEX deal_by_amount")

    plan, _ = page_of(call(owner), "/api/v1/deals", {"cursor": "", "order_by": "amount"}, "deals_deal")

    of_deals = [fault for fault in faults("deals amount", plan) if "contacts_" not in fault]
    assert of_deals == [
        "deals amount: reads all of deals_deal",
        "deals amount: sorts 5000 rows",
    ]
