"""Lists are read in the order of an index, from the cursor on: as fast at the end as at the start."""

import re

import pytest
from django.db import connection

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from organizations.tenancy.keyset import Cursor, Order


def plan(rows):
    """How the database would read these rows if it had many."""
    if connection.vendor == "sqlite":
        return rows.explain()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    return rows.explain()


def seeks(text, column):
    """Whether an index leads to the value of this column, and nothing is sorted."""
    sought = (
        rf"SEARCH .*\(organization_id=\? AND {column}[<>]"
        if connection.vendor == "sqlite"
        else rf"Index Cond: .*{column}"
    )
    return bool(re.search(sought, text)) and not re.search("TEMP B-TREE|Sort", text)


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", ["name", "created_at", "updated_at"])
@pytest.mark.parametrize(("model", "factory"), [(Contact, ContactFactory), (Company, CompanyFactory)])
def test_a_page_is_sought(owner, model, factory, column, descending, backwards):
    cursor = Cursor.at(factory(by=owner), Order(column, descending), backwards=backwards)

    text = plan(cursor.rows(model.objects.for_membership(owner))[:21])

    assert seeks(text, column), text
