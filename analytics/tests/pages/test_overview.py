"""The page of the reports, as people read it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache

from contacts.tests.factories import ContactFactory
from deals.pipelines import Pipeline
from deals.tests.factories import DealFactory
from organizations.tenancy import clock


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 3, 15, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def close(owner):
    """`close("2026-03-02", "won", 5)`: a deal that was created on the first of March and closed that day."""
    contact = ContactFactory(by=owner)

    def close(day, status, amount=1, created="2026-02-01", **fields):
        with clock.at(datetime.fromisoformat(f"{created}T12:00+00:00")):
            deal = DealFactory(by=owner, contact=contact, amount=amount, **fields)
        with clock.at(datetime.fromisoformat(f"{day}T12:00+00:00")):
            deal.status = status
            return deal.save_by(owner)

    return close


def tiles(page):
    names = page.all(r'<h2 class="label">(.*?)</h2>')
    return dict(zip(names, page.all(r'<p class="value">(.*?)</p>'), strict=True))


def options(page, name):
    return page.all(rf'<select name="{name}".*?</select>')[0].split("\n")


def test_a_new_organization_learns_what_will_be_here(at, owner):
    page = at(owner).read("analytics/")

    assert page.all(r'class="empty-state".*?<h2>(.*?)</h2>') == ["What you win and how fast will be here."]
    assert tiles(page) == {}


def test_figures_of_this_month(at, owner, close):
    close("2026-03-02", "won", 1000)
    close("2026-03-04", "won", "500.40", created="2026-03-02")
    close("2026-03-04", "lost")
    close("2026-02-14", "won", 500)
    close("2026-02-20", "won", 7)  # not among the first fifteen days
    DealFactory(by=owner, amount=70)

    page = at(owner).read("analytics/", period="month")

    assert tiles(page) == {
        "Won": "€1,500",
        "Win rate": "67%",
        "Average cycle": "16 days",
        "New deals": "2",
        "Open pipeline": "€70",
    }
    assert page.all(r'<span class="delta \w+">(.*?)</span>\s*<span>') == [
        "up 200%",
        "down 33 points",
        "up 2 days",
        "down 2",
    ]


def test_a_reopened_deal_is_not_won_any_more(at, owner, close):
    deal = close("2026-03-02", "won", 1000)
    assert tiles(at(owner).read("analytics/"))["Won"] == "€1,000"

    deal.status = "in_progress"
    deal.save_by(owner)
    cache.clear()  # the test's transaction never commits

    assert tiles(at(owner).read("analytics/"))["Won"] == "€0"


def test_nothing_closed_has_no_rate_and_says_why(at, owner):
    DealFactory(by=owner)

    page = at(owner).read("analytics/")

    assert (tiles(page)["Win rate"], tiles(page)["Average cycle"]) == ("—", "—")
    assert "Nothing was won or lost on these days." in page.html


def test_an_amount_without_a_rate_is_named_and_not_added(at, owner, close):
    close("2026-03-02", "won", 1000)
    close("2026-03-02", "won", 300, currency="JPY")

    page = at(owner).read("analytics/")

    assert tiles(page)["Won"] == "€1,000"
    assert "Not in the sum, for want of a rate: JPY" in page.html


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ({"from": "2026-03-02", "to": "2026-03-01"}, "To: The last day is before the first one."),
        ({"from": "2000-01-01", "to": "2026-03-01"}, "From: Choose at most 3660 days."),
        ({"from": "0001-01-01", "to": "0001-01-02"}, "From: Choose days from 1980 to 2199."),
        ({"to": "2026-03-01"}, "From: Write the first day, too."),
        ({"from": "yesterday"}, "From: Enter a valid date."),
        ({"pipeline_id": "987654"}, "Pipeline: Select a valid choice. 987654 is not one of the available choices."),
        ({"pipeline_id": "x"}, "Pipeline: Select a valid choice. x is not one of the available choices."),
        ({"owner_id": "987654"}, "Owner: Select a valid choice. 987654 is not one of the available choices."),
        ({"period": "ever"}, "Period: Select a valid choice. ever is not one of the available choices."),
    ],
)
def test_what_makes_no_report_is_said_in_words(at, owner, address, reason):
    DealFactory(by=owner)

    page = at(owner).read("analytics/", **address)

    assert (page.status, page.reasons, tiles(page)) == (200, [reason], {})


def test_a_pipeline_of_another_organization_is_none(at, owner, stranger):
    foreign = Pipeline.objects.for_membership(stranger).get().pk

    page = at(owner).read("analytics/", pipeline_id=foreign)

    expected = f"Pipeline: Select a valid choice. {foreign} is not one of the available choices."
    assert page.reasons == [expected]


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("admin", 200), ("manager", 200), ("member", 403)])
def test_who_may_ask_for_the_figures_of_another(request, at, role, status):
    by, other = request.getfixturevalue(role), DealFactory(by=request.getfixturevalue("owner")).owner_id
    other = other if role != "owner" else request.getfixturevalue("manager").user_id

    assert at(by).read("analytics/", owner_id=other).status == status


def test_a_member_chooses_between_everybody_and_oneself(at, member, owner):
    DealFactory(by=owner, amount=70)
    DealFactory(by=member, amount=5)
    reader = at(member)

    assert [choice.strip() for choice in options(reader.read("analytics/"), "owner_id") if choice.strip()] == [
        "Everybody",
        "Only mine",
    ]
    sums = [tiles(reader.read("analytics/", owner_id=number))["Open pipeline"] for number in ("", member.user_id)]
    assert sums == ["€75", "€5"]


def test_the_stranger_does_not_find_it(at, stranger, owner):
    reader = at(stranger)
    reader.place = at(owner).place

    assert reader.read("analytics/").status == 404


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_asks_the_database_as_often_for_many_deals(at, owner, close, django_assert_num_queries, count):
    for _ in range(count):
        close("2026-03-02", "won", 5)
        DealFactory(by=owner)
    reader = at(owner)

    with django_assert_num_queries(12):
        reader.read("analytics/")
    with django_assert_num_queries(8):
        reader.read("analytics/")
