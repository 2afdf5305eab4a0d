"""Passkeys in a real browser, with a device that Chromium plays: added, used, refused."""

import pytest
from playwright.sync_api import expect

from organizations.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


class Phone:
    """It keeps passkeys, and its owner's finger lies on it."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def lift_finger(self):
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False})


@pytest.fixture
def phone(page):
    return Phone(page)


@pytest.fixture
def account(page, enter, member):
    """`account()` is the member's, right after the password."""

    def go():
        page.goto(f"/o/{member.organization.slug}/settings/account/")

    enter(member)
    page.wait_for_url("**/o/**")
    go()
    return go


def add(page, name):
    page.get_by_role("link", name="Add passkey").click()
    if page.get_by_role("heading", name="Is it you?").is_visible():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill(name)
    page.wait_for_load_state()  # the script asks the device; without it the form goes as it is
    page.get_by_role("button", name="Add passkey").click()


def sign_out(page):
    page.context.clear_cookies()
    page.goto("/sign-in/")


def test_passkey_signs_in_instead_of_the_password(page, barriers, phone, account, member):
    add(page, "Phone")
    expect(page.get_by_text("Keep these codes now.")).to_be_visible()
    account()
    expect(page.get_by_text("not used yet")).to_be_visible()
    assert barriers() == {}
    sign_out(page)

    page.get_by_role("link", name="Sign in with a passkey").click()
    assert barriers() == {}
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url(f"**/o/{member.organization.slug}/**")


def test_passkey_signs_in_after_the_password(page, barriers, phone, account, enter, member):
    add(page, "Phone")
    expect(page.get_by_text("Keep these codes now.")).to_be_visible()
    sign_out(page)

    enter(member)
    page.wait_for_url("**/sign-in/code/")
    assert barriers() == {}
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url(f"**/o/{member.organization.slug}/**")


def test_passkey_shows_who_it_is(page, barriers, phone, account, member):
    add(page, "Phone")
    expect(page.get_by_text("Keep these codes now.")).to_be_visible()
    sign_out(page)
    page.goto("/sign-in/passkey/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/o/**")

    account()
    page.get_by_role("link", name="Remove the passkey Phone").click()
    page.get_by_role("link", name="Use a passkey").click()
    assert barriers() == {}
    page.get_by_role("button", name="Use a passkey").click()
    remove = page.get_by_role("button", name="Remove passkey")
    expect(remove).to_be_visible()
    assert barriers() == {}
    remove.click()

    expect(page.get_by_text("Removed the passkey Phone")).to_be_visible()


def test_device_that_has_one_says_so(page, barriers, phone, account, member):
    add(page, "Phone")
    expect(page.get_by_text("Keep these codes now.")).to_be_visible()
    account()
    add(page, "Phone again")

    expect(page.get_by_role("alert")).to_have_text("This device holds a passkey of yours already. Use another one.")
    assert barriers() == {}


def test_who_closes_the_window_is_asked_again(page, phone, account):
    phone.lift_finger()
    add(page, "Phone")

    expect(page.get_by_role("alert")).to_contain_text("Your browser handed over no passkey")
    expect(page.get_by_label("Name")).to_have_value("Phone")


def test_passkeys_do_not_work_at_digits(page, base_url, new_context, member):
    page = new_context().new_page()
    page.goto(base_url.replace("localhost", "127.0.0.1") + "/sign-in/passkey/")
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("Passkeys do not work here.")
