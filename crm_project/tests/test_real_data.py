"""The public data set, loaded as `make real-data` does, gives its known figures through the API, to the cent."""

import os
import re
import time
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from deals.actions import add_default_pipeline
from organizations.roles import Role
from organizations.tests.factories import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

MAPPINGS = settings.BASE_DIR / "examples" / "crm_sales_opportunities"
DATA = Path(os.environ.get("REAL_DATA", settings.BASE_DIR.parent / "shared" / "data" / "crm_sales_opportunities"))
STEP = re.compile(r'^load (\w+) "\$(data|mappings)/(\S+)" (\S+)$', re.MULTILINE)


def load(organization):
    """What the script of the examples does, in this process; answers with what each step said."""
    folders = {"data": DATA, "mappings": MAPPINGS}
    said = []
    for kind, folder, file, mapping in STEP.findall((MAPPINGS / "load").read_text()):
        out = StringIO()
        words = [str(folders[folder] / file), "--mapping", str(MAPPINGS / mapping)]
        call_command("import_csv", kind, *words, "--organization", organization.slug, stdout=out)
        said.append(f"{mapping}: {out.getvalue().strip()}")
    return said


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The owner of an organization with the data set in it, what the steps said, and the seconds of work."""
    if not DATA.is_dir():
        sentence = f"REAL DATA NOT TESTED: there is no folder {DATA}. Name it in REAL_DATA."
        (pytest.fail if os.environ.get("REQUIRE_SERVICES") else pytest.skip)(sentence)
    with django_db_blocker.unblock(), transaction.atomic():
        owner = MembershipFactory(organization=OrganizationFactory(base_currency="USD"), role=Role.OWNER)
        add_default_pipeline(owner.organization)
        start = time.process_time()
        said, seconds = load(owner.organization), time.process_time() - start
        connection.check_constraints()  # else PostgreSQL would check every row anew at the end of each test
        yield owner, said, seconds
        transaction.set_rollback(True)


@pytest.fixture
def ask(loaded, call):
    """`ask(path, **query)` is what the API answers the owner."""
    client = call(loaded[0])

    def get(path, **query):
        response = client.get(f"/api/v1{path}", query)
        assert response.status_code == 200, response.content
        return response.json()

    return get


def test_every_row_is_loaded(loaded):
    _, said, _ = loaded

    assert said == [
        "managers.toml: 6 created, 0 changed, 29 unchanged, 0 refused.",
        "agents.toml: 35 created, 0 changed, 0 unchanged, 0 refused.",
        "companies.toml: 85 created, 0 changed, 0 unchanged, 0 refused.",
        "contacts.toml: 85 created, 0 changed, 0 unchanged, 0 refused.",
        "no_account.toml: 1 created, 0 changed, 0 unchanged, 0 refused.",
        "deals.toml: 8800 created, 0 changed, 0 unchanged, 0 refused.",
    ]


def test_loading_takes_less_than_a_minute(loaded):
    assert loaded[2] < 60


def test_summary_has_the_known_figures(ask):
    summary = ask("/analytics/deals/summary")

    assert summary["total_deals"] == 8800
    assert summary["count_by_status"] == {"new": 500, "in_progress": 1589, "won": 4238, "lost": 2473}
    assert summary["amount_by_status"] == {
        "new": "0.00",
        "in_progress": "0.00",
        "won": "10005534.00",
        "lost": "0.00",
    }
    assert (summary["currency"], summary["unconverted"], summary["average_won_amount"]) == ("USD", [], "2360.91")
    assert summary["new_deals_last_n_days"] == 0


def test_two_of_three_closed_deals_are_won(ask):
    counts = ask("/analytics/deals/summary")["count_by_status"]

    assert round(100 * counts["won"] / (counts["won"] + counts["lost"]), 2) == 63.15


def test_funnel_has_the_known_figures(ask):
    stages = ask("/analytics/deals/funnel")["stages"]

    assert [(stage["stage"], stage["total"], stage["reached"], stage["amount"]) for stage in stages] == [
        ("qualification", 500, 8800, "0.00"),
        ("proposal", 1589, 8300, "0.00"),
        ("negotiation", 0, 6711, "0.00"),
        ("closed", 6711, 6711, "10005534.00"),
    ]
    assert stages[3]["by_status"] == {"new": 0, "in_progress": 0, "won": 4238, "lost": 2473}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 8800),
        ({"status": "won"}, 4238),
        ({"status": "lost"}, 2473),
        ({"status": "in_progress", "stage": "proposal"}, 1589),
        ({"status": "new", "stage": "qualification"}, 500),
        ({"search": "GTX Pro"}, 1480),
        ({"search": "GTXPro"}, 0),
        ({"search": "Account unknown"}, 1425),
        ({"created_before": "2016-10-19T23:59:59Z"}, 0),
        ({"created_after": "2017-12-31T00:00:00Z"}, 500),
    ],
)
def test_list_of_deals_has_the_known_counts(ask, query, count):
    assert ask("/deals", **query, page_size=1)["count"] == count


def test_people_and_companies_are_all_there(ask):
    assert [ask(path, page_size=1)["count"] for path in ("/members", "/companies", "/contacts")] == [42, 85, 86]


def test_first_deal_is_as_the_file_has_it(ask):
    [deal] = ask("/deals", external_id="1C1I7A6R")["results"]

    assert {name: deal[name] for name in ("title", "status", "stage", "amount", "currency", "closed_at")} == {
        "title": "GTX Plus Basic for Cancity",
        "status": "won",
        "stage": "closed",
        "amount": "1054.00",
        "currency": "USD",
        "closed_at": "2017-03-01T12:00:00Z",
    }
    assert (deal["owner_name"], deal["company_name"]) == ("Moses Frase", "Cancity")
    assert (deal["contact_name"], deal["created_at"]) == ("Purchasing at Cancity", "2016-10-20T12:00:00Z")
    assert [entry["type"] for entry in ask(f"/deals/{deal['id']}/activities")["results"]] == ["deal_created"]


def test_loading_again_changes_nothing(loaded, ask):
    before = ask("/deals", order_by="updated_at", page_size=100)

    said = load(loaded[0].organization)

    assert [line.partition(": ")[2] for line in said] == [
        f"0 created, 0 changed, {rows} unchanged, 0 refused." for rows in (35, 35, 85, 85, 1, 8800)
    ]
    assert ask("/deals", order_by="updated_at", page_size=100) == before
