"""An operator at work in a browser."""

from playwright.sync_api import expect

from contacts.tests.factories import ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory
from tasks.tests.factories import TaskFactory


def open_choices(page, field):
    """Not of the plain select, which stands there until the script has run."""
    page.locator(f"span[role=combobox][aria-label^={field}]").click()
    return page.get_by_role("listbox").get_by_role("option")


def choose(page, field, choice):
    open_choices(page, field).get_by_text(choice, exact=True).click()


def test_refused_deal_is_mended_and_saved(page, sign_in, operator, owner, stranger):
    ContactFactory(by=owner, name="Anna Karg")
    ContactFactory(by=stranger, name="Bert Fremd")
    sign_in()
    page.get_by_role("row", name="Deals").get_by_role("link", name="Add").click()
    choose(page, "Organization", owner.organization.name)
    page.get_by_label("Title").fill("Solar roof")
    contacts = open_choices(page, "Contact")
    expect(contacts).to_have_text(["Anna Karg"])
    contacts.click()
    choose(page, "Owner", "Olga Owner")
    page.get_by_label("Status").select_option("Won")

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist")).to_have_text("A won deal needs an amount above zero.")

    page.get_by_label("Amount").fill("1200.50")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert list(Deal.objects.values_list("title", "contact__name", "activities__author")) == [
        ("Solar roof", "Anna Karg", operator.pk)
    ]


def test_contact_with_deals_stays(page, sign_in, owner):
    contact = DealFactory(by=owner).contact
    sign_in()
    page.goto(f"/admin/contacts/contact/{contact.pk}/delete/")

    page.get_by_role("button", name="Yes, I’m sure").click()

    expect(page.locator(".messagelist")).to_have_text("This contact has 1 deal. Delete or move it first.")


def test_pages_are_without_barriers_light_and_dark(page, sign_in, barriers, owner):
    deal = TaskFactory(by=owner).deal
    page.goto("/admin/login/")
    found = {"sign-in": barriers()}
    sign_in()
    for path in ["", "deal/", "deal/add/", f"deal/{deal.pk}/change/", f"deal/{deal.pk}/delete/"]:
        page.goto(f"/admin/deals/{path}")
        found[path] = barriers()

    assert {path: rules for path, rules in found.items() if rules} == {}


def test_theme_of_the_operator_wins_over_that_of_the_system(page, sign_in):
    page.emulate_media(color_scheme="dark")
    sign_in()
    lightness = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(lightness) == "oklch(0.2 0.013 228)"

    page.get_by_role("button", name="Toggle theme").click()

    assert page.evaluate(lightness) == "oklch(1 0 0)"


def test_dates_are_picked_from_a_calendar(page, sign_in, owner):
    task = TaskFactory(by=owner)
    sign_in()
    page.goto(f"/admin/tasks/task/{task.pk}/change/")

    page.get_by_role("link", name="Choose a Date").click()
    page.locator(".calendarbox").get_by_role("link", name="Today").click()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    task.refresh_from_db()
    assert task.due_date == owner.organization.today()
