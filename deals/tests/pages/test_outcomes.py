"""The ends of the board say how many deals got there this month, and lead to the list of just these."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from deals.actions import add_pipeline
from deals.tests.factories import DealFactory
from organizations.tenancy import clock
from organizations.tests.pages import Page

NOW = datetime(2026, 11, 15, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _mid_november():
    with clock.at(NOW):
        yield


@pytest.fixture
def ended(owner):
    """Won: one last month, two this month, one of them by nobody we look for. Lost: one."""
    end = {"by": owner, "amount": "5", "status": "won"}
    DealFactory(**end, title="October", closed_at=datetime(2026, 10, 31, 22, tzinfo=UTC))
    DealFactory(**end, title="November", closed_at=datetime(2026, 11, 1, 1, tzinfo=UTC))
    DealFactory(**end, title="Roof")
    DealFactory(by=owner, title="Gone", status="lost")


def zones(page):
    """Of each outcome: what it says, and where it leads to inside of the table."""
    pattern = r'class="drop-zone"[^>]*href="[^"]*/deals/([^"]*)".*?class="count"[^>]*>(.*?)</span>'
    found = re.findall(pattern, page.html, re.DOTALL)
    return [(said, unescape(address)) for address, said in found]


def test_zones_count_what_ended_this_month(at, owner, ended):
    found = zones(at(owner).read("deals/board/"))

    assert [said for said, _ in found] == ["2 this month", "1 this month"]


@pytest.mark.parametrize("asked", [{}, {"search": "roof"}, {"status": "new"}, {"closed_before": "2020-01-01"}])
def test_count_is_that_of_the_list_behind_it(at, owner, ended, asked):
    reader = at(owner)

    for said, address in zones(reader.read("deals/board/", **asked)):
        assert said == f"{len(reader.read(f'deals/{address}').rows)} this month"


def test_filters_narrow_the_outcomes_too(at, owner, ended):
    assert zones(at(owner).read("deals/board/", search="roof"))[0][0] == "1 this month"


def test_outcomes_are_those_of_the_pipeline(at, owner, ended):
    partners = add_pipeline(name="Partners", by=owner)
    DealFactory(by=owner, amount="5", status="won", stage=partners.stages.first())

    found = zones(at(owner).read("deals/board/", pipeline_id=partners.pk))

    assert [said for said, _ in found] == ["1 this month", "0 this month"]
    assert found[0][1] == f"?status=won&closed_after=2026-11-01&pipeline_id={partners.pk}"


def test_wrong_filter_counts_nothing(at, owner, ended):
    assert zones(at(owner).read("deals/board/", min_amount="x")) == [("", ""), ("", "")]


def test_counts_come_out_of_band_after_a_move(at, owner, ended):
    reader = at(owner)

    page = Page(reader.get(f"{reader.place}deals/board/", headers={"HX-Request": "true", "HX-Target": "move-sheet"}))

    assert page.all(r'<span class="count" id="ended-\w+" hx-swap-oob="true">(.*?)</span>') == [
        "2 this month",
        "1 this month",
    ]


@pytest.mark.parametrize(("status", "asked"), [("in_progress", 1), ("won", 0)])
def test_next_step_is_asked_for_while_the_card_is_on_the_board(at, owner, status, asked):
    deal, reader = DealFactory(by=owner, amount="5", status=status), at(owner)
    headers = {"HX-Request": "true", "HX-Target": "move-sheet"}

    page = Page(reader.get(f"{reader.place}deals/board/?moved={deal.pk}", headers=headers))

    assert page.html.count(f"/next-steps/?deal={deal.pk}") == asked
