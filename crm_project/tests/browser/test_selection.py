"""Rows of the table of deals, chosen by mouse and keyboard."""

import pytest
from playwright.sync_api import expect

from deals.models import Deal
from deals.tests.factories import DealFactory


@pytest.fixture
def table(page, enter):
    def open_as(membership):
        enter(membership)
        page.wait_for_url("**/o/**")
        page.goto(f"/o/{membership.organization.slug}/deals/?sort=title")
        return page

    return open_as


def stages():
    return list(Deal.objects.order_by("title").values_list("stage__slug", flat=True))


def test_rows_chosen_with_shift_move_together(table, owner, barriers):
    for title in "ABCD":
        DealFactory(by=owner, title=title)
    page = table(owner)
    bar, status = page.get_by_role("toolbar"), page.locator("p[data-selected]")
    expect(bar).to_be_hidden()

    page.get_by_label("Select A", exact=True).click()
    page.get_by_label("Select C", exact=True).click(modifiers=["Shift"])
    expect(status).to_have_text("3 selected")
    expect(bar).to_be_visible()
    assert barriers() == {}

    bar.get_by_role("button", name="Move to stage").click()
    page.get_by_role("button", name="Proposal", exact=True).click()

    expect(page.locator(".toast")).to_contain_text("Moved 3 deals to Proposal")
    expect(bar).to_be_hidden()
    assert stages() == ["proposal", "proposal", "proposal", "qualification"]

    page.get_by_label("Select all deals on this page").click()  # the boxes of the swapped table listen too
    expect(status).to_have_text("4 selected")
    bar.get_by_role("button", name="Clear selection").click()
    expect(bar).to_be_hidden()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_script_the_chosen_rows_change_too(table, owner):
    for title in "AB":
        DealFactory(by=owner, title=title)
    page = table(owner)

    page.get_by_label("Select B", exact=True).check()
    page.get_by_role("button", name="Mark lost").first.click()
    page.get_by_label("Reason").fill("Too dear")
    page.locator("#bulk-lost").get_by_role("button", name="Mark lost").click()

    expect(page.locator(".toast")).to_contain_text("Marked 1 deal as lost")
    assert list(Deal.objects.filter(status="lost").values_list("title", "lost_reason")) == [("B", "Too dear")]
