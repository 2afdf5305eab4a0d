"""What every page of an organization owes: few questions to the database, however much is in it, for each role."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.tests.factories import ContactFactory
from crm_project.tests.guards.tenancy import page_at
from crm_project.tests.routes import page_routes
from crm_project.tests.world import record_of_each
from deals.tests.factories import DealFactory
from tasks.tests.factories import TaskFactory

MOST_STATEMENTS = 12


@pytest.fixture
def paths(owner):
    """The address of each page by its name, of the organization's own records."""
    ids = record_of_each(owner)
    slug = owner.organization.slug
    return {
        route.name: page_at(route, slug, lambda route: ids[route.path.split("/")[2]])
        for route in page_routes()
        if "get" in route.verbs
    }


def statements(client, path):
    """How many a page takes, and whether it answered; one that only takes forms answers neither."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    return len(captured), answer.status_code


def fill(owner, count):
    for number in range(count):
        contact = ContactFactory(by=owner, name=f"Contact {number}")
        TaskFactory(by=owner, deal=DealFactory(by=owner, contact=contact, title=f"Deal {number}", amount=number))


@pytest.mark.parametrize("role", ["owner", "admin", "manager", "member"])
def test_pages_ask_the_database_a_dozen_times_at_most(request, at, owner, paths, role):
    browser = at(request.getfixturevalue(role))
    fill(owner, 12)

    taken = {name: statements(browser, path) for name, path in paths.items()}

    assert {name: count for name, (count, _) in taken.items() if count > MOST_STATEMENTS} == {}
    assert {name: status for name, (_, status) in taken.items() if status not in (200, 302, 404, 405)} == {}


def test_pages_ask_no_more_often_for_more_rows(at, owner, paths):
    browser = at(owner)
    fill(owner, 2)
    few = {name: statements(browser, path)[0] for name, path in paths.items()}
    fill(owner, 15)

    many = {name: statements(browser, path)[0] for name, path in paths.items()}

    assert {name: (few[name], count) for name, count in many.items() if count > few[name]} == {}
