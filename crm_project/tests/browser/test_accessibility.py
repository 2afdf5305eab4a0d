"""axe finds nothing on any page, for any role, light and dark; and no page is wider than a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from contacts.tests.factories import ContactFactory
from crm_project.tests.guards.tenancy import page_at
from crm_project.tests.routes import page_routes
from crm_project.tests.world import record_of_each
from deals.tests.factories import DealFactory
from tasks.tests.factories import TaskFactory

PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
OVERFLOW = "document.scrollingElement.scrollWidth - innerWidth"
UNSETTLED = ".htmx-request, .htmx-added, .htmx-swapping, .htmx-settling"
BEFORE_SIGN_IN = ["/sign-in/", "/sign-in/passkey/", "/sign-up/", "/password/", "/password/sent/", "/password/done/"]


@pytest.fixture
def paths(owner, at):
    """The address of each whole page of an organization with something in it."""
    ids = record_of_each(owner)
    contact = ContactFactory(by=owner, name="Anna Karg", email="anna@example.com", phone="0170 1234567")
    deal = DealFactory(by=owner, contact=contact, title="Solar roof", amount="12400")
    TaskFactory(by=owner, deal=deal, title="Call Anna")
    DealFactory(by=owner, contact=contact, title="Heat pump", amount="500", status="won")
    browser = at(owner)
    addresses = [
        page_at(route, owner.organization.slug, lambda route: ids[route.path.split("/")[2]]) for route in page_routes()
    ]
    return [address for address in addresses if is_page(browser.get(address))]


def is_page(answer):
    return answer.status_code == 200 and b"<!doctype html>" in answer.content


def look(page, addresses):
    """What is wrong with each of these pages, by address."""
    found = {}
    for address in addresses:
        page.set_viewport_size(WIDE)
        page.goto(address)
        expect(page.locator(UNSETTLED)).to_have_count(0)  # half a second sooner than an idle network
        wrong = [*broken(page, "light"), *broken(page, "dark", runOnly=["color-contrast"])]
        page.set_viewport_size(PHONE)
        if page.evaluate(OVERFLOW) > 0:
            wrong.append("wider than a phone")
        if wrong:
            found[address] = wrong
    return found


def broken(page, scheme, **options):
    page.emulate_media(color_scheme=scheme)
    report = Axe().run(page, options={"preload": False, **options}).response
    return [f"{rule['id']} ({scheme}): {rule['nodes'][0]['html']}" for rule in report["violations"]]


@pytest.mark.parametrize("role", ["owner", "admin", "manager", "member"])
def test_pages_of_an_organization(page, enter, request, paths, role):
    enter(request.getfixturevalue(role))
    page.wait_for_load_state("networkidle")

    assert look(page, paths) == {}


def test_pages_before_a_sign_in(page, db):
    assert look(page, BEFORE_SIGN_IN) == {}


def test_what_was_found_fits_a_phone(page, enter, owner):
    DealFactory(by=owner, title="Solar roof for the housing cooperative by the old mill", amount="9121012989123")
    page.set_viewport_size(PHONE)
    enter(owner)
    page.wait_for_url("**/o/**")

    page.goto(f"/o/{owner.organization.slug}/search/?q=solar", wait_until="networkidle")

    assert page.evaluate(OVERFLOW) == 0
