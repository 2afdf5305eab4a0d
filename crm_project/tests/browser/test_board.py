"""The board under the mouse and the keyboard of a real browser."""

import pytest
from playwright.sync_api import expect

from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory


def stage(slug):
    return Stage.objects.get(slug=slug, pipeline__name="Sales")


@pytest.fixture
def board(page, enter):
    """`board(membership)` is the board as this member sees it."""

    def open_as(membership, **parameters):
        enter(membership)
        page.wait_for_url("**/o/**")
        page.goto(f"/o/{membership.organization.slug}/deals/board/")
        return page

    return open_as


def column(page, name):
    return page.locator(f'.board-column[data-name="{name}"]')


def card(page, title):
    return page.locator(".deal-card", has_text=title)


def test_dragged_deal_moves_and_the_heads_follow(board, owner):
    DealFactory(by=owner, title="Roof", amount="5", currency="EUR")
    page = board(owner)

    card(page, "Roof").drag_to(column(page, "Proposal"))

    expect(column(page, "Proposal").locator(".count")).to_have_text("1")
    expect(column(page, "Proposal").locator(".sums li")).to_have_text("€5")
    expect(column(page, "Qualification").locator(".count")).to_have_text("0")
    expect(card(page, "Roof").locator("h3 a")).to_be_focused()
    expect(page.locator(".toast")).to_contain_text("Moved Roof to Proposal")
    assert Deal.objects.get().stage == stage("proposal")


def test_card_that_is_dropped_while_another_moves_waits_for_its_turn(board, owner):
    for title in ("Roof", "Pump", "Wall"):
        DealFactory(by=owner, title=title, amount="5")
    page, sent = board(owner), []

    def hold_the_first(route):
        sent.append(route)
        if len(sent) > 1:
            route.continue_()

    page.route("**/move/", hold_the_first)

    card(page, "Roof").drag_to(column(page, "Proposal"))
    card(page, "Pump").drag_to(column(page, "Negotiation"))
    card(page, "Wall").drag_to(page.locator(".drop-zone", has_text="Won"))
    assert len(sent) == 1
    sent[0].continue_()

    expect(page.locator("#board-status")).to_have_text("Wall moved to Won.")
    expect(column(page, "Negotiation").locator(".deal-card h3")).to_have_text("Pump")
    assert dict(Deal.objects.values_list("title", "status"))["Wall"] == "won"
    assert dict(Deal.objects.values_list("title", "stage__slug")) == {
        "Roof": "proposal",
        "Pump": "negotiation",
        "Wall": "qualification",
    }


def test_deal_dropped_on_won_is_asked_for_its_amount(board, owner):
    DealFactory(by=owner, title="Roof")
    page = board(owner)

    card(page, "Roof").drag_to(page.locator(".drop-zone", has_text="Won"))
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("spinbutton").or_(dialog.get_by_role("textbox"))).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#board-status")).to_have_text("Roof is back in Qualification.")
    assert Deal.objects.get().status == "new"

    card(page, "Roof").drag_to(page.locator(".drop-zone", has_text="Won"))
    dialog.get_by_label("Amount").fill("500")
    dialog.get_by_role("button", name="Mark won").click()
    expect(page.locator("#board-status")).to_have_text("Roof moved to Won.")
    expect(card(page, "Roof")).to_have_count(0)
    assert Deal.objects.get().status == "won"


def test_deal_moves_by_keyboard_alone(board, owner):
    DealFactory(by=owner, title="Roof")
    page = board(owner)
    card(page, "Roof").locator("h3 a").focus()

    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#board-status")).to_have_text("Roof moved to Proposal.")
    expect(card(page, "Roof").locator("h3 a")).to_be_focused()
    for key in (" ", "ArrowRight", " "):
        page.keyboard.press(key)

    expect(page.locator("#board-status")).to_have_text("Roof moved to Negotiation.")
    assert Deal.objects.get().stage == stage("negotiation")


@pytest.mark.parametrize(
    ("role", "reason"),
    [("member", "You may change only what you own."), ("manager", "Only an owner or an admin may move a deal back.")],
)
def test_refused_card_goes_back_and_says_why(board, request, owner, role, reason):
    DealFactory(by=owner, title="Roof", stage=stage("negotiation"))
    page = board(request.getfixturevalue(role))

    card(page, "Roof").drag_to(column(page, "Proposal"))

    expect(page.locator("#board-refusal")).to_contain_text(reason)
    expect(page.locator("#board-status")).to_contain_text(reason)
    expect(column(page, "Negotiation").locator(".deal-card")).to_have_count(1)
    assert Deal.objects.get().stage == stage("negotiation")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_deal_moves_without_script(board, owner):
    DealFactory(by=owner, title="Roof")
    page = board(owner)

    page.get_by_role("link", name="Move Roof to…").click()
    page.get_by_role("button", name="Proposal").click()

    expect(column(page, "Proposal").locator(".deal-card")).to_have_count(1)


@pytest.mark.parametrize("width", [1440, 390])
def test_board_and_table_are_without_barriers(board, barriers, owner, width):
    DealFactory(by=owner, title="Roof", amount="5")
    page = board(owner)
    page.set_viewport_size({"width": width, "height": 844})
    found = {}
    for path in ["deals/board/?min_amount=1", "deals/?min_amount=1", f"deals/{Deal.objects.get().pk}/move/"]:
        page.goto(f"/o/{owner.organization.slug}/{path}")
        found[path] = barriers()
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert {path: rules for path, rules in found.items() if rules} == {}
