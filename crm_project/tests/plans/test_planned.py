"""What is planned once has a plan that is good for the largest of many organizations, though it knows no values."""

from itertools import count, product

import pytest
from django.db import connection
from psycopg.sql import quote

from crm_project.tests.plans.many import fill
from crm_project.tests.plans.reading import BIG, explain
from crm_project.tests.plans.test_lists import ORDERS
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.tenancy.marks import PLACE
from organizations.tenancy.planned import PlannedCursor
from tasks.tests.factories import TaskFactory

pytestmark = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="these are plans of PostgreSQL")

MANY, OTHERS = 50_000, 1_000
MOST_SORTED = 100


@pytest.fixture
def large(owner):
    """The owner of an organization with all rows, of which PostgreSQL believes that they are of a thousand."""
    fill(owner, MANY)
    with connection.cursor() as cursor:
        for table in BIG:
            cursor.execute(f"ALTER TABLE {table} ALTER organization_id SET (n_distinct = {OTHERS})")
            cursor.execute(f"ANALYZE {table}")
    for status in ("new", "new", "won", "lost"):  # what each leaves in the timeline is newer than all that is there
        TaskFactory(by=owner, deal=DealFactory(by=owner, amount="5", status=status))
    return owner


@pytest.fixture
def planned(monkeypatch):
    """The statements that were planned, each with the values that it was asked with last."""
    found, execute = {}, PlannedCursor.execute

    def remember(cursor, query, params=None):
        found[query] = params
        return execute(cursor, query, params)

    monkeypatch.setattr(PlannedCursor, "execute", remember)
    return found


def plan_of(statement, values):
    """As PostgreSQL makes it without knowing the values."""
    number = count(1)
    text = PLACE.sub(lambda place: "%" if place[0] == "%%" else f"${next(number)}", statement)
    with connection.cursor() as cursor:
        cursor.execute(f"PREPARE one AS {text}")
        plan = explain(f"EXECUTE one ({', '.join(map(quote, values))})", "")
        cursor.execute("DEALLOCATE one")
    return plan


def ask(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_plan_for_all_values_reads_little(large, call, at, planned):
    client, deal = call(large), Deal.objects.latest("pk")
    for kind, (_, columns) in ORDERS.items():
        for order_by, order in product(columns, ("asc", "desc")):
            asked = {"order_by": order_by, "order": order}
            ask(client, f"/api/v1/{kind}", **asked)
            client.get(ask(client, f"/api/v1/{kind}", cursor="", **asked)["next"])
    ask(client, f"/api/v1/deals/{deal.pk}")
    for report in ("summary", "funnel"):
        ask(client, f"/api/v1/analytics/deals/{report}")
    for page in ("", "deals/board/", f"deals/{deal.pk}/"):
        assert at(large).read(page).status == 200
    assert client.patch(f"/api/v1/deals/{deal.pk}", {"title": "Roof"}).status_code == 200

    plans = {statement: plan_of(statement, values) for statement, values in planned.items()}

    assert len(plans) > 60
    assert {statement: plan.scans for statement, plan in plans.items() if plan.scans} == {}
    assert {
        statement: plan.sorts for statement, plan in plans.items() if max(plan.sorts, default=0) > MOST_SORTED
    } == {}
