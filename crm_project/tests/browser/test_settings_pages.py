"""An administrator at the settings in a browser, and everybody who reads them."""

import pytest
from playwright.sync_api import expect

from deals.models import Deal
from deals.pipelines import Pipeline
from deals.tests.factories import DealFactory
from organizations.actions import invite
from organizations.models import ExchangeRate

with_and_without_script = pytest.mark.parametrize(
    "script",
    [
        pytest.param(True, id="with script"),
        pytest.param(False, id="without", marks=pytest.mark.browser_context_args(java_script_enabled=False)),
    ],
)


@pytest.fixture
def visit(page, enter):
    """`visit(membership, path)` signs this member in and goes there."""

    def go(membership, path):
        enter(membership)
        page.goto(f"/o/{membership.organization.slug}/{path}")

    return go


def test_link_of_an_invitation_is_copied(page, context, visit, owner):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(owner, "members/")
    page.get_by_role("link", name="Invite people").click()
    page.get_by_label("E-mail addresses").fill("max@example.com")
    page.get_by_role("button", name="Send invitations").click()

    link = page.get_by_label("Link for max@example.com", exact=True)
    page.get_by_role("button", name="Copy the link for max@example.com").click()

    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == link.input_value()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_link_of_an_invitation_is_there_without_script(page, visit, owner):
    visit(owner, "invitations/new/")
    page.get_by_label("E-mail addresses").fill("max@example.com")
    page.get_by_role("button", name="Send invitations").click()

    expect(page.get_by_label("Link for max@example.com", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Copy the link for max@example.com")).to_be_hidden()


@with_and_without_script
def test_role_is_changed_and_given_back(page, visit, owner, member, script):
    visit(owner, "members/")
    role = page.get_by_label("Role of Max Member", exact=True)
    role.select_option("Manager")
    page.get_by_role("button", name="Save the role of Max Member").click()
    expect(page.locator(".toast")).to_contain_text("Max Member: Manager")

    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".toast").last).to_contain_text("Max Member: Member")
    member.refresh_from_db()
    assert member.role == "member"


def test_stages_are_moved_by_keyboard(page, visit, owner):
    pipeline = Pipeline.objects.get()
    visit(owner, f"pipelines/{pipeline.pk}/")
    button = page.get_by_role("button", name="Move Proposal down")

    button.press("Enter")

    expect(page.locator(".stage-editor > li").nth(2).get_by_label("Name of Proposal", exact=True)).to_be_visible()
    expect(button).to_be_focused()
    assert [stage.slug for stage in pipeline.stages.all()][:3] == ["qualification", "negotiation", "proposal"]


def test_enter_in_a_field_saves_and_moves_nothing(page, visit, owner):
    pipeline = Pipeline.objects.get()
    visit(owner, f"pipelines/{pipeline.pk}/")
    page.get_by_label("Name of Closed", exact=True).fill("Signed")

    page.get_by_label("Name of Closed", exact=True).press("Enter")

    expect(page.locator(".toast")).to_contain_text("Saved the stages of Sales")
    assert [stage.name for stage in pipeline.stages.all()] == ["Qualification", "Proposal", "Negotiation", "Signed"]


@with_and_without_script
def test_stage_with_deals_is_deleted(page, visit, owner, script):
    deal = DealFactory(by=owner)
    visit(owner, f"pipelines/{deal.stage.pipeline_id}/")
    page.get_by_role("link", name="Delete Qualification").click()
    page.get_by_label("Move its deals to").select_option("Negotiation")

    page.get_by_role("button", name="Delete stage").click()

    expect(page.locator(".toast")).to_contain_text("Deleted Qualification")
    assert Deal.objects.get().stage.slug == "negotiation"


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("role", ["owner", "member"])
def test_settings_are_without_barriers_light_and_dark(page, request, enter, barriers, owner, member, role, width):
    page.set_viewport_size({"width": width, "height": 900})
    deal = DealFactory(by=member, currency="GBP")
    rate = ExchangeRate(currency="USD", rate="0.9").save_by(owner)
    invite(email="max@example.com", role="member", by=owner)
    by = request.getfixturevalue(role)
    enter(by)
    place = f"/o/{by.organization.slug}/"
    records = [f"members/{member.pk}/remove/", f"stages/{deal.stage_id}/delete/", f"rates/{rate.pk}/edit/"]
    lists = ["settings/", "settings/delete/", "members/", "invitations/new/", "pipelines/", "pipelines/new/", "rates/"]
    found = {}
    for path in [*lists, *records, f"pipelines/{deal.stage.pipeline_id}/"]:
        page.goto(place + path)
        page.wait_for_load_state("networkidle")
        found[path] = barriers()
        found[path] |= {"wider than the window": ""} if page.evaluate("document.body.scrollWidth > innerWidth") else {}

    assert found == {path: {} for path in found}
