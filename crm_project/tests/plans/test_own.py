"""Whoever has little in a large organization sees quickly what is up today: only their own rows are read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm_project.tests.plans.many import fill
from crm_project.tests.plans.reading import explain
from deals.tests.factories import DealFactory
from organizations.tests.factories import MembershipFactory
from tasks.tests.factories import TaskFactory

pytestmark = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="these are plans of PostgreSQL")


def test_today_reads_ones_own_rows(owner, at):
    fill(owner, 50_000)
    newcomer = MembershipFactory(organization=owner.organization)
    for status in ("new", "new", "won", "lost"):  # what each leaves in the timeline is newer than all that is there
        TaskFactory(by=newcomer, deal=DealFactory(by=newcomer, amount="5", status=status))

    with CaptureQueriesContext(connection) as captured:
        assert at(newcomer).read("").status == 200

    plans = [explain(query["sql"], "deals_deal") for query in captured if query["sql"].startswith("SELECT")]
    assert len(plans) > 8
    assert [plan.text for plan in plans if plan.scans] == []
    assert max(rows for plan in plans for rows in plan.sorts) < 100
