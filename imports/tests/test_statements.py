"""An import asks the database in batches, never for a single row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal

COMPANIES = 'fields = {external_id = "id", name = "name"}\ndefaults.owner.name = "Olga Owner"'
CONTACTS = 'fields = {external_id = "id", name = "name", company.name = "name"}\ndefaults.owner.name = "Olga Owner"'
DEALS = """
    fields = {external_id = "id", title = "name", amount = "worth", contact.name = "name"}
    defaults.owner.name = "Olga Owner"
    """
MEMBERS = 'fields = {email = "{id}@example.com", name = "name"}'


@pytest.fixture
def statements(import_csv):
    """Runs an import; tells its statements."""

    def run(kind, numbers, mapping, *, worth=1):
        rows = "".join(f"{kind}-{number},Name {number % 10},{worth}\n" for number in numbers)
        with CaptureQueriesContext(connection) as captured:
            answer = import_csv(kind, "id,name,worth\n" + rows, mapping)
        assert (answer.error, answer.refusals) == ("", [])
        return [query["sql"] for query in captured]

    return run


@pytest.fixture
def ten_of_each(owner):
    for number in range(10):
        company = CompanyFactory(by=owner, name=f"Name {number}")
        ContactFactory(by=owner, name=f"Name {number}", company=company)


@pytest.mark.parametrize(
    ("kind", "mapping"),
    [("members", MEMBERS), ("companies", COMPANIES), ("contacts", CONTACTS), ("deals", DEALS)],
)
def test_hundred_rows_ask_as_often_as_ten(statements, ten_of_each, kind, mapping):
    few = statements(kind, range(10), mapping)
    many = statements(kind, range(100, 200), mapping)

    assert len(_reading(many)) == len(_reading(few))


def test_unchanged_rows_write_nothing(statements, ten_of_each):
    statements("deals", range(200), DEALS)

    again = statements("deals", range(200), DEALS)

    assert [sql for sql in again if sql.startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_five_hundred_new_deals_are_few_statements(statements, ten_of_each):
    written = statements("deals", range(500), DEALS)

    assert Deal.objects.count() == 500
    assert len(written) <= 40


def test_five_hundred_changed_deals_are_few_statements(statements, ten_of_each):
    statements("deals", range(500), DEALS)

    written = statements("deals", range(500), DEALS, worth=2)

    assert Deal.objects.filter(amount=2).count() == 500
    assert len(written) <= 40


def _reading(statements):
    return [sql for sql in statements if sql.startswith("SELECT")]
