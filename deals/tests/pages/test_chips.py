"""What narrows the deals is said, and each part of it can be dropped alone."""

import re

import pytest

from contacts.tests.factories import CompanyFactory
from deals.tests.factories import DealFactory


def chips(page):
    found = re.findall(r'<span class="filter-chip">(.*?)</a></span>', page.html)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", chip)).strip() for chip in found]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"status": "won"}, ["Status is Won"]),
        ({"status": ["new", "lost"]}, ["Status is New or Lost"]),
        ({"stage": "proposal"}, ["Stage is Proposal"]),
        ({"min_amount": "5000.5", "max_amount": "0"}, ["Amount from 5,000.5", "Amount to 0"]),
        ({"created_after": "2026-12-04"}, ["Created from 4 Dec 2026"]),
        ({"expected_close_before": "2027-03-01"}, ["Expected close to 1 Mar 2027"]),
        ({"closed_before": "2026-12-04T10:00:00Z"}, ["Closed to 4 Dec 2026"]),
        ({"currency": "EUR", "external_id": "A-1"}, ["Currency is EUR", "External id is A-1"]),
        ({"search": "roof", "sort": "title", "color": "red"}, []),
        ({"min_amount": "", "owner_id": ""}, []),
    ],
)
@pytest.mark.parametrize("path", ["deals/", "deals/board/"])
def test_filters_are_said_in_words(at, owner, path, filters, said):
    assert chips(at(owner).read(path, **filters)) == said


@pytest.mark.parametrize("path", ["deals/", "deals/board/"])
def test_neighbors_are_named(at, owner, path):
    deal = DealFactory(by=owner, contact__name="Anna", company=CompanyFactory(by=owner, name="Alster"))
    asked = {"contact_id": deal.contact_id, "company_id": deal.company_id, "owner_id": owner.user_id}

    page = at(owner).read(path, **asked, reached=deal.stage_id)

    assert chips(page) == ["Reached is Qualification", "Owner is Olga Owner", "Contact is Anna", "Company is Alster"]


def test_each_filter_can_be_dropped_alone(at, owner):
    page = at(owner).read("deals/board/", status=["new", "lost"], min_amount="5", more="3", after="x", moved="7")

    assert re.findall(r'<a href="([^"]*)" aria-label="Remove the filter: (.*?)"', page.html) == [
        ("?min_amount=5", "Status is New or Lost"),
        ("?status=new&amp;status=lost", "Amount from 5"),
    ]
    assert page.all('<a class="button quiet small" href="([^"]*)">Clear') == ["?"]


def test_search_keeps_the_other_filters(at, owner):
    html = at(owner).read("deals/board/", status=["new", "lost"], search="x", page="2", more="3").html

    form = html.split('role="search"')[1].split("</form>")[0]
    assert re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', form) == [("status", "new"), ("status", "lost")]


def test_filter_form_keeps_what_it_does_not_ask_for(at, owner):
    html = at(owner).read("deals/board/", search="x", contact_id="", pipeline_id="", status="new", sort="title").html

    form = html.split('id="filter-form"')[1].split("</form>")[0]
    assert re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', form) == [("search", "x"), ("sort", "title")]
    assert re.findall(r'value="(\w+)" checked', form) == ["new"]


@pytest.mark.parametrize(("status", "links"), [("won", 1), ("lost", 1), ("new", 0)])
def test_board_that_is_asked_for_closed_deals_leads_to_the_table(at, owner, status, links):
    page = at(owner).read("deals/board/", status=status, min_amount=5)

    found = page.all('<a class="button small" href="([^"]*)">Show them in the table')
    assert found == [f"/o/{owner.organization.slug}/deals/?status={status}&amp;min_amount=5"] * links


@pytest.mark.parametrize("path", ["deals/", "deals/board/"])
def test_external_id_that_nothing_can_have_is_refused_on_the_page(at, owner, path):
    page = at(owner).read(path, external_id="\x1b[31m")

    assert (page.status, chips(page)) == (200, [])
