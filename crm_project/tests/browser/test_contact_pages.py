"""Somebody who sells, at work with contacts and companies in a browser."""

import re

import pytest
from playwright.sync_api import expect

from contacts.models import Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.tests.factories import DealFactory
from organizations.tests.factories import PASSWORD, MembershipFactory

with_and_without_script = pytest.mark.parametrize(
    "script",
    [
        pytest.param(True, id="with script"),
        pytest.param(False, id="without", marks=pytest.mark.browser_context_args(java_script_enabled=False)),
    ],
)


def create(page, **values):
    page.get_by_role("link", name="Contacts").first.click()
    page.get_by_role("link", name="New contact").click()
    for label, value in values.items():
        page.get_by_role("textbox", name=label).fill(value)
    page.get_by_role("button", name="Create contact").click()


@with_and_without_script
def test_contact_from_the_first_word_to_the_last(page, enter, member, script):
    ContactFactory(by=member, name="Bert")
    enter(member)
    create(page, Name="Anna Karg", Phone="+49 4170")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anna Karg")
    expect(page.locator(".toast")).to_have_text("Created Anna Karg")

    page.get_by_role("link", name="Contacts").first.click()
    page.get_by_role("searchbox").fill("karg")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("tbody th a")).to_have_text(["Anna Karg"])

    page.get_by_role("link", name="Anna Karg").click()
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Name").fill("")
    page.get_by_role("button", name="Save contact").click()
    expect(page.locator(".field .error")).to_have_text("This field is required.")
    page.get_by_label("Name").fill("Anna Berg")
    page.get_by_role("button", name="Save contact").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anna Berg")

    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete contact").click()
    expect(page.locator("tbody th a")).to_have_text(["Bert"])
    assert list(Contact.objects.values_list("name", flat=True)) == ["Bert"]


@with_and_without_script
def test_contact_with_deals_stays(page, enter, owner, script):
    contact = DealFactory(by=owner).contact
    enter(owner)
    page.get_by_role("link", name="Contacts").first.click()
    page.get_by_role("link", name=contact.name).click()
    page.get_by_role("link", name="Delete").click()

    page.get_by_role("button", name="Delete contact").click()

    expect(page.get_by_role("alert")).to_have_text("This contact has 1 deal. Delete or move it first.")


def test_new_organization_in_one_form(page, db):
    page.goto("/sign-up/")
    page.get_by_label("Name of the organization").fill("Nordlicht")
    page.get_by_label("Your name").fill("Olga")
    page.get_by_label("E-mail").fill("olga@example.com")
    page.get_by_label("Password").fill(PASSWORD)

    page.get_by_role("button", name="Create organization").click()

    expect(page.get_by_role("heading", level=2).first).to_have_text("Welcome to Nordlicht")


def test_refused_form_puts_the_reader_at_the_reasons(page, enter, owner):
    enter(owner)

    create(page, Name="")

    expect(page.locator(".error-summary")).to_be_focused()


def test_another_organization_is_two_clicks_away(page, enter, owner):
    MembershipFactory(user=owner.user, organization__name="Second", organization__slug="second")
    enter(owner)

    page.get_by_role("button", name=re.compile(owner.organization.name)).first.click()
    page.get_by_role("link", name="Second").click()

    expect(page).to_have_url(re.compile("/o/second/$"))


def test_theme_stays_chosen(page, enter, owner):
    enter(owner)
    page.get_by_role("button", name="Olga Owner").click()
    page.get_by_role("button", name="Dark").click()

    page.reload()

    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_signing_out(page, enter, owner):
    enter(owner)
    page.get_by_role("button", name="Olga Owner").click()
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.mark.parametrize("width", [1440, 360])
def test_pages_are_without_barriers_light_and_dark(page, enter, barriers, owner, width):
    page.set_viewport_size({"width": width, "height": 900})
    contact = ContactFactory(by=owner, email="a@karg.example", phone="1", company=CompanyFactory(by=owner))
    DealFactory(by=owner, status="won", amount="12400")
    found = {}
    for path in ["sign-in/", "sign-up/", "password/"]:
        page.goto(f"/{path}")
        found[path] = barriers()
    enter(owner)
    paths = ["contacts/", "contacts/new/", f"contacts/{contact.pk}/", f"contacts/{contact.pk}/delete/"]
    for path in [*paths, f"deals/?contact_id={contact.pk}", "deals/", "companies/", f"companies/{contact.company_id}/"]:
        page.goto(f"/o/{owner.organization.slug}/{path}")
        found[path] = barriers()
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert {path: rules for path, rules in found.items() if rules} == {}
