"""What the list of deals is narrowed and ordered by."""

from datetime import UTC, datetime

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from organizations.tenancy import clock

URL = "/api/v1/deals"


@pytest.fixture
def client(call, manager):
    return call(manager)


def titles(client, **filters):
    response = client.get(URL, {"order_by": "title", "order": "asc", **filters})
    assert response.status_code == 200, response.content
    return "".join(row["title"] for row in response.json()["results"])


def stage(slug):
    return Stage.objects.get(slug=slug, pipeline__name="Sales")


def test_status_may_be_repeated(client, manager):
    for title, status in [("A", "new"), ("B", "in_progress"), ("C", "won"), ("D", "lost")]:
        DealFactory(by=manager, title=title, status=status, amount=1)

    assert titles(client, status="won") == "C"
    assert titles(client, status=["won", "lost", "won"]) == "CD"
    assert titles(client, status=["new", "in_progress", "won", "lost"]) == "ABCD"


def test_stage_may_be_repeated(client, manager):
    for title, slug in [("A", "qualification"), ("B", "proposal"), ("C", "closed")]:
        DealFactory(by=manager, title=title, stage=stage(slug))

    assert titles(client, stage="proposal") == "B"
    assert titles(client, stage=["proposal", "closed"]) == "BC"
    assert titles(client, stage=["negotiation"]) == ""


def test_stage_and_pipeline_narrow_together(client, manager, organization):
    other = Pipeline(organization=organization, name="Partners").save_by(None)
    same = Stage(pipeline=other, slug="proposal", name="Offer").save_by(None)
    DealFactory(by=manager, title="A", stage=stage("proposal"))
    DealFactory(by=manager, title="B", stage=same)

    assert titles(client, stage="proposal") == "AB"
    assert titles(client, pipeline_id=other.pk) == "B"
    assert titles(client, stage="proposal", pipeline_id=stage("closed").pipeline_id) == "A"


def test_amounts_are_compared_to_the_hundredth_ends_included(client, manager):
    for title, amount in [("A", "0"), ("B", "99.99"), ("C", "100"), ("D", "100.01")]:
        DealFactory(by=manager, title=title, amount=amount)

    assert titles(client, min_amount="100") == "CD"
    assert titles(client, max_amount="100.00") == "ABC"
    assert titles(client, min_amount="99.99", max_amount="100") == "BC"
    assert titles(client, min_amount="5", max_amount="4") == ""


def test_neighbors_narrow(client, manager, member):
    contact, company = ContactFactory(by=manager), CompanyFactory(by=manager)
    DealFactory(by=manager, title="A", contact=contact)
    DealFactory(by=manager, title="B", company=company)
    DealFactory(by=member, title="C", contact=contact)

    assert titles(client, contact_id=contact.pk) == "AC"
    assert titles(client, company_id=company.pk) == "B"
    assert titles(client, owner_id=member.user_id) == "C"
    assert titles(client, owner_id=manager.user_id, contact_id=contact.pk) == "A"


@pytest.mark.parametrize(
    ("words", "found"),
    [("солнце", "Солнце 100%"), ("0%", "Солнце 100%"), ("%", "Солнце 100%"), ("_", ""), ("КАРГ", "Roof"), ("x", "")],
)
def test_search_is_in_title_contact_and_company(client, manager, words, found):
    DealFactory(by=manager, title="Солнце 100%", contact=ContactFactory(by=manager, name="Bo"))
    DealFactory(by=manager, title="Roof", contact=ContactFactory(by=manager, name="Анна Карг"))

    assert titles(client, search=words) == found


def test_search_finds_a_deal_by_its_company(client, manager):
    DealFactory(by=manager, title="Roof", company=CompanyFactory(by=manager, name="Карг GmbH"))

    assert titles(client, search="карг") == "Roof"


def test_external_id_is_found_whole(client, manager):
    DealFactory(by=manager, title="A", external_id="d-1")
    DealFactory(by=manager, title="B", external_id="d-11")

    assert titles(client, external_id="d-1") == "A"


def test_external_id_that_nothing_can_have_is_refused_at_its_name(client):
    problem = client.get("/api/v1/deals", {"external_id": "\x1b[31m"}).json()

    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [
        ("/external_id", "control_characters")
    ]


@pytest.fixture
def around_new_year(manager):
    """Created an hour before and after midnight in Berlin, which is 23:00 in UTC."""
    for title, moment in [
        ("A", datetime(2025, 12, 31, 22, tzinfo=UTC)),
        ("B", datetime(2025, 12, 31, 23, tzinfo=UTC)),
        ("C", datetime(2026, 1, 1, 22, 59, 59, 999999, tzinfo=UTC)),
        ("D", datetime(2026, 1, 1, 23, tzinfo=UTC)),
    ]:
        with clock.at(moment):
            DealFactory(by=manager, title=title)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"created_after": "2025-12-31T23:00:00Z"}, "BCD"),
        ({"created_before": "2025-12-31T23:00:00Z"}, "AB"),
        ({"created_after": "2026-01-01T00:00:00+01:00"}, "BCD"),
        ({"created_after": "2025-12-31T23:00:00.000001Z"}, "CD"),
        ({"created_after": "2026-01-01T00:00:00"}, "BCD"),
        ({"created_after": "2026-01-01"}, "BCD"),
        ({"created_before": "2026-01-01"}, "ABC"),
        ({"created_after": "2026-01-01", "created_before": "2026-01-01"}, "BC"),
        ({"created_after": "0001-01-01", "created_before": "9999-12-31"}, "ABCD"),
        ({"created_after": "9999-12-31T23:59:59-23:59"}, ""),
    ],
)
def test_days_of_creation_are_days_of_the_organization(client, around_new_year, organization, filters, found):
    organization.time_zone = "Europe/Berlin"
    organization.save_by(None)

    assert titles(client, **filters) == found


def test_an_hour_that_comes_twice_before_midnight_is_of_that_day(client, manager, organization):
    organization.time_zone = "America/Sao_Paulo"
    organization.save_by(None)
    with clock.at(datetime(2018, 2, 18, 2, 30, tzinfo=UTC)):
        DealFactory(by=manager, title="A")

    assert titles(client, created_before="2018-02-17") == "A"
    assert titles(client, created_after="2018-02-18") == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "sold"),
        ("status", "new,won"),
        ("stage", "nowhere"),
        ("stage", "a\x00"),
        ("pipeline_id", "1" * 30),
        ("pipeline_id", "987654321"),
        ("contact_id", "abc"),
        ("company_id", "-1"),
        ("owner_id", str(2**63)),
        ("min_amount", "ten"),
        ("min_amount", "NaN"),
        ("min_amount", "Infinity"),
        ("min_amount", "1e400"),
        ("min_amount", "-1"),
        ("max_amount", "0.001"),
        ("max_amount", "1" * 17),
        ("created_after", "yesterday"),
        ("created_after", "2026-02-30"),
        ("created_after", "2026-02-28T25:00:00Z"),
        ("created_before", "T"),
        ("created_before", "31.12.2026"),
        ("created_before", "2026-01-01\x00"),
        ("closed_after", "soon"),
        ("closed_before", "2026-13-01"),
        ("currency", "eur"),
        ("currency", "XYZ"),
        ("currency", "null"),
        ("reached", "proposal"),
        ("reached", "987654321"),
        ("search", "a\x00"),
        ("external_id", "a\x00"),
        ("order_by", "status"),
        ("order", "up"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(client, manager, name, value):
    DealFactory(by=manager)

    response = client.get(URL, {name: value})

    assert response.status_code == 400
    assert {error["pointer"] for error in response.json()["errors"]} == {f"/{name}"}


@pytest.mark.parametrize("name", ["owner_id", "status", "stage", "min_amount", "closed_after", "external_id"])
def test_an_empty_filter_is_refused(client, name):
    response = client.get(URL, {name: ""})

    assert response.status_code == 400
    assert [(error["pointer"], error["code"]) for error in response.json()["errors"]] == [(f"/{name}", "blank")]


@pytest.mark.parametrize("name", ["pipeline_id", "contact_id", "company_id", "owner_id", "stage", "reached"])
def test_what_belongs_to_others_is_worded_as_what_never_was(client, stranger, name):
    theirs = DealFactory(by=stranger, company=CompanyFactory(by=stranger))
    Stage.objects.filter(pk=theirs.stage_id).update(slug="theirs")
    foreign = {"pipeline_id": theirs.stage.pipeline_id, "owner_id": stranger.user_id, "stage": "theirs"}
    foreign["reached"] = theirs.stage_id

    seen = client.get(URL, {name: foreign.get(name) or getattr(theirs, name)})
    unknown = client.get(URL, {name: "never" if name == "stage" else 987_654_321})

    assert (seen.status_code, unknown.status_code) == (400, 400)
    assert str(seen.json()["errors"]).replace("theirs", "never") == str(unknown.json()["errors"])


@pytest.mark.parametrize(
    ("column", "ascending"),
    [("title", "ABCD"), ("amount", "CBDA"), ("created_at", "DCBA"), ("updated_at", "CBAD")],
)
def test_a_list_is_ordered_as_asked(client, manager, column, ascending):
    deals = [DealFactory(by=manager, title=title, amount=len(title)) for title in "DCBA"]
    for deal, amount in zip(deals, ["30", "4", "20", "100"], strict=True):
        client.patch(f"{URL}/{deal.pk}", {"amount": amount})
    client.patch(f"{URL}/{deals[0].pk}", {"lost_reason": "-"})

    assert titles(client, order_by=column) == ascending
    assert titles(client, order_by=column, order="desc") == ascending[::-1]


def test_the_newest_deals_come_first(client, manager):
    for title in "AB":
        DealFactory(by=manager, title=title)

    assert [row["title"] for row in client.get(URL).json()["results"]] == ["B", "A"]
    assert [row["title"] for row in client.get(URL, {"order_by": "title"}).json()["results"]] == ["B", "A"]


@pytest.mark.parametrize(("order", "found"), [("asc", "BCA"), ("desc", "CBA")])
def test_deals_without_an_expected_close_date_come_last(client, manager, order, found):
    for title, day in [("A", None), ("B", "2030-01-01"), ("C", "2031-01-01")]:
        DealFactory(by=manager, title=title, expected_close_date=day)

    assert titles(client, order_by="expected_close_date", order=order) == found
