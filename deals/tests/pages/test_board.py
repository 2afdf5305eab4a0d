"""The board of deals: columns with true sums, cards in pages, the same filters as in the table."""

import re
from datetime import timedelta

import pytest
from django.utils.html import strip_tags

from deals import board
from deals.models import Status
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from organizations.tenancy import clock
from organizations.tests.pages import Page


def stage(slug):
    return Stage.objects.get(slug=slug, pipeline__name="Sales")


def columns(page):
    """Of each column: its name, how many deals, their sums, the titles of its cards."""
    parts = [part.split("</section>")[0] for part in page.html.split('<section class="board-column"')[1:]]
    return [
        (
            re.search('data-name="(.*?)"', part)[1],
            int(re.search('<span class="count">(.*?)</span>', part)[1]),
            [strip_tags(found) for found in re.findall("<li>(.*?)</li>", part)],
            [strip_tags(found) for found in re.findall("<h3.*?>(.*?)</h3>", part)],
        )
        for part in parts
    ]


def deal_in(slug, days=0, **fields):
    return DealFactory(stage=stage(slug), stage_entered_at=clock.now() - timedelta(days=days), **fields)


def test_deals_stand_in_the_columns_of_their_stages(at, owner):
    DealFactory(by=owner, title="Roof", amount="100", currency="EUR")
    DealFactory(by=owner, title="Pump", amount="20", currency="EUR")
    DealFactory(by=owner, title="Wall", amount="7", currency="USD")
    deal_in("negotiation", by=owner, title="Door")

    page = at(owner).read("deals/board/")

    assert (page.status, page.heading, columns(page)) == (
        200,
        "Deals",
        [
            ("Qualification", 3, ["€120", "$7"], ["Wall", "Pump", "Roof"]),
            ("Proposal", 0, [], []),
            ("Negotiation", 1, [], ["Door"]),
            ("Closed", 0, [], []),
        ],
    )


@pytest.mark.parametrize(("status", "shown"), [("new", 1), ("in_progress", 1), ("won", 0), ("lost", 0)])
def test_only_open_deals_are_on_the_board(at, owner, status, shown):
    DealFactory(by=owner, status=status, amount="1")

    assert columns(at(owner).read("deals/board/"))[0][1] == shown


def test_deals_of_others_are_not_on_the_board(at, owner, stranger):
    DealFactory(by=stranger)

    assert [column[1] for column in columns(at(owner).read("deals/board/"))] == [0, 0, 0, 0]


@pytest.fixture
def partners(organization):
    pipeline = Pipeline(organization=organization, name="Partners").save_by(None)
    Stage(pipeline=pipeline, slug="offer", name="Offer").save_by(None)
    return pipeline


def test_another_pipeline_has_its_own_board(at, owner, partners):
    DealFactory(by=owner, title="Theirs", stage=partners.stages.get())

    page = at(owner).read("deals/board/", pipeline_id=partners.pk)

    assert columns(page) == [("Offer", 1, [], ["Theirs"])]
    assert page.all(r'<a href="[^"]*" aria-current="true">(.*?)</a>')[-1] == "Partners"


def test_pipeline_of_another_organization_is_none_and_said(at, owner, stranger):
    theirs = Pipeline.objects.get(organization=stranger.organization)

    page = at(owner).read("deals/board/", pipeline_id=theirs.pk)

    assert ([column[0] for column in columns(page)], len(page.reasons)) == (
        ["Qualification", "Proposal", "Negotiation", "Closed"],
        1,
    )


def test_pipeline_without_stages_says_what_is_missing(at, owner, organization):
    empty = Pipeline(organization=organization, name="Empty").save_by(None)

    page = at(owner).read("deals/board/", pipeline_id=empty.pk)

    assert page.all("<h2>(.*?)</h2>") == ["This pipeline has no stages yet."]


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"search": "roof"}, ["Roof"]),
        ({"min_amount": "50"}, ["Roof"]),
        ({"status": "in_progress"}, ["Pump"]),
        ({"stage": "proposal"}, []),
        ({"expected_close_before": "2026-01-31"}, ["Pump"]),
    ],
)
def test_board_is_narrowed_as_the_table(at, owner, filters, titles):
    DealFactory(by=owner, title="Roof", amount="100")
    DealFactory(by=owner, title="Pump", status=Status.IN_PROGRESS, expected_close_date="2026-01-31")

    page = at(owner).read("deals/board/", **filters)

    assert columns(page)[0][3] == titles
    to_the_table = page.all(r'href="/o/[\w-]+/deals/(\?[^"]*)">')[0]
    assert to_the_table == "".join(f"?{name}={value}" for name, value in filters.items())


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"owner_id": "", "min_amount": "", "expected_close_after": ""},  # as a form sends what nobody filled in
        {"currency": "EUR"},
        {"currency": "EUR", "max_amount": "60"},
        {"status": ["new", "in_progress"], "currency": "EUR"},
        {"stage": ["proposal", "qualification"]},
        {"stage": "proposal", "search": "or"},
        {"created_after": "2020-01-01", "created_before": "2020-01-02"},
        {"external_id": "d-1"},
    ],
)
def test_cards_are_the_open_deals_that_the_api_lists(at, call, owner, filters):
    for number, (title, slug) in enumerate([("Roof", "qualification"), ("Door", "proposal"), ("Floor", "proposal")]):
        for currency in ("EUR", "USD"):
            amount, name = 50 * (number + 1), f"d-{number}" if currency == "EUR" else ""
            deal_in(slug, number, by=owner, title=title, amount=amount, currency=currency, external_id=name)
    asked = {name: value for name, value in filters.items() if value}

    shown = [title for column in columns(at(owner).read("deals/board/", **filters)) for title in column[3]]

    listed = call(owner).get("/api/v1/deals", {"page_size": 100, **asked}).json()["results"]
    assert sorted(shown) == sorted(deal["title"] for deal in listed)


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({"created_after": ["", "2020-01-01"]}, ["Roof", "Door"]),
        ({"created_after": ["2020-01-01", "2100-01-01"]}, []),
        ({"min_amount": ["90", "50"]}, ["Roof"]),
        ({"min_amount": ["90", ""]}, ["Roof", "Door"]),
    ],
)
def test_of_a_filter_that_is_written_twice_the_last_one_counts(at, owner, filters, shown):
    DealFactory(by=owner, title="Door", amount="10")
    DealFactory(by=owner, title="Roof", amount="60")

    assert columns(at(owner).read("deals/board/", **filters))[0][3] == shown


def test_of_two_owners_the_last_one_counts(at, owner, member):
    DealFactory(by=owner, title="Roof")
    DealFactory(by=member, title="Door")

    page = at(owner).read("deals/board/", owner_id=[owner.user_id, member.user_id])

    assert columns(page)[0][3] == ["Door"]


def test_owner_finds_their_own_cards_among_all(at, owner, member):
    DealFactory(by=owner, title="Roof")
    DealFactory(by=member, title="Door")

    assert columns(at(owner).read("deals/board/", owner_id=member.user_id))[0][3] == ["Door"]
    assert columns(at(owner).read("deals/board/", owner_id=owner.user_id))[0][3] == ["Roof"]


def test_member_may_not_ask_for_the_deals_of_another(at, member, owner):
    assert at(member).read("deals/board/", owner_id=owner.user_id).status == 403


@pytest.mark.parametrize(("role", "asked"), [("manager", True), ("member", False)])
def test_only_who_may_list_by_owner_is_offered_to(at, request, role, asked):
    html = at(request.getfixturevalue(role)).read("deals/board/").html

    assert ('name="owner_id"' in html) == asked


def test_column_shows_as_many_cards_as_fit_and_counts_all(at, owner, monkeypatch):
    monkeypatch.setattr(board, "CARDS", 2)
    for days, title in enumerate("ABC"):
        deal_in("proposal", days, by=owner, title=title, amount="1")
    reader = at(owner)

    first = reader.read("deals/board/")
    link = re.search(r'id="more-\d+" href="\?([^"]*)"', first.html)[1].replace("&amp;", "&")
    second = reader.read(f"deals/board/?{link}")

    assert columns(first)[1] == ("Proposal", 3, ["€3"], ["A", "B"])
    assert columns(second)[1] == ("Proposal", 3, ["€3"], ["C"])
    assert ("Back to the first" in first.html, "Back to the first" in second.html) == (False, True)


def test_next_cards_come_as_a_fragment(at, owner, monkeypatch):
    monkeypatch.setattr(board, "CARDS", 1)
    for days, title in enumerate("AB"):
        deal_in("proposal", days, by=owner, title=title)
    reader = at(owner)
    more, link = re.search(r'id="(more-\d+)" href="(\?[^"]*)"', reader.read("deals/board/").html).groups()
    address = f"{reader.place}deals/board/{link.replace('&amp;', '&')}"

    page = Page(reader.get(address, headers={"HX-Request": "true", "HX-Target": more}))

    assert (page.all("<h3.*?>(.*?)</h3>"), "<main" in page.html) == (["B"], False)


@pytest.mark.parametrize("after", ["", "x", "bm8", "é", "W10"])
def test_place_that_is_none_is_the_first(at, owner, after):
    DealFactory(by=owner, title="A")

    page = at(owner).read("deals/board/", more=stage("qualification").pk, after=after)

    assert (page.status, columns(page)[0][3]) == (200, ["A"])


@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize("more", [False, True])
def test_board_asks_the_database_as_often_for_many_deals(at, owner, django_assert_num_queries, count, more):
    for _ in range(count):
        last = DealFactory(by=owner)
    reader = at(owner)
    place = board.Cursor.at(last, board.ORDER, backwards=False).encode()
    asked = {"more": last.stage_id, "after": place} if more else {}

    with django_assert_num_queries(11 + more):
        reader.read("deals/board/", **asked)
