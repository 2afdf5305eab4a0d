"""Fields that are changed where they stand, by mouse and by key; and the way from one record to the next."""

import pytest
from playwright.sync_api import expect

from contacts.models import Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit(page, enter, owner):
    """`visit(path)` opens a page of the owner's organization."""

    def go(path):
        page.goto(f"/o/{owner.organization.slug}/{path}")
        return page

    enter(owner)
    page.wait_for_url("**/o/**")
    return go


def field(page, name):
    return page.locator(f"#property-{name} input:not([type=hidden])")


def test_title_and_contact_of_a_deal_change_in_place(visit, owner, barriers):
    deal = DealFactory(by=owner, title="Roof", contact__name="Anna")
    ContactFactory(by=owner, name="Bert Bauer")
    page = visit(f"deals/{deal.pk}/")

    page.keyboard.press("e")
    field(page, "title").fill("Big roof")
    assert barriers() == {}
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Big roof")
    expect(page).to_have_title("Big roof · Kontor")
    expect(page.locator("#record-name")).to_have_text("Big roof")
    expect(page.locator("#property-title .editable")).to_be_focused()

    page.locator("#property-contact .editable").click()
    field(page, "contact").fill("bert")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#record-people")).to_contain_text("Bert Bauer")
    assert (Deal.objects.get().title, str(Deal.objects.get().contact)) == ("Big roof", "Bert Bauer")


def test_field_that_has_the_focus_opens_by_its_key(visit, owner):
    contact = ContactFactory(by=owner, name="Anna")
    page = visit(f"contacts/{contact.pk}/")

    page.locator("#property-phone .editable").focus()
    page.keyboard.press("e")
    field(page, "phone").fill("0170")
    page.keyboard.press("Tab")
    expect(page.locator("#property-phone")).to_have_text("0170")
    expect(page.locator("#property-job_title .editable")).to_be_focused()
    page.keyboard.press("e")
    expect(field(page, "job_title")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("#property-job_title .editable")).to_be_focused()
    assert Contact.objects.get().phone == "0170"


def test_brackets_lead_through_the_list(visit, owner):
    for name in "CAB":
        CompanyFactory(by=owner, name=f"Company {name}")
    page = visit("companies/?sort=name")
    page.get_by_role("link", name="Company A").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Company A")

    for key, name in (("]", "Company B"), ("]", "Company C"), ("[", "Company B")):
        page.wait_for_load_state("networkidle")  # its script hears the keys
        page.keyboard.press(key)
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").click()

    page.wait_for_url("**/companies/?sort=name")


def test_columns_are_chosen(visit, owner, barriers):
    DealFactory(by=owner, title="Roof")
    page = visit("deals/")
    page.set_viewport_size({"width": 1440, "height": 900})

    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="Created").check()
    page.get_by_role("checkbox", name="Owner").uncheck()
    assert barriers() == {}
    page.get_by_role("button", name="Show columns").click()

    expect(page.get_by_role("columnheader")).to_have_text(
        ["", "Title", "Contact", "Stage", "Amount", "Close", "Next step", "Created"]
    )
    expect(page.locator("tbody .next-chip")).to_have_text("Add next step")
