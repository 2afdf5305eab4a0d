"""What only a browser shows of invitations and accounts: two people at once, an app's code, barriers in both themes."""

import re
import time

import pytest
from playwright.sync_api import expect

from organizations.actions import accept_url, invite
from organizations.models import User
from organizations.roles import Role
from organizations.tests.factories import PASSWORD
from organizations.tests.second_factors import code_of, give_app

pytestmark = pytest.mark.django_db(transaction=True)


def test_guest_accepts_in_their_own_browser(page, barriers, owner):
    token = invite(email="nina@example.com", role=Role.MEMBER, by=owner)[1]

    page.goto(accept_url(token).removeprefix("http://127.0.0.1:8000"))
    assert barriers() == {}
    page.get_by_label("Your name").fill("Nina")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Accept invitation").click()
    page.wait_for_url(f"**/o/{owner.organization.slug}/**")

    user = User.objects.get(email="nina@example.com")
    zone = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    assert (user.memberships.get().organization, user.time_zone) == (owner.organization, zone)


def test_pages_before_a_sign_in_have_no_barriers(page, barriers):
    for path in ("/sign-in/", "/sign-up/", "/password/", "/password/sent/", "/password/done/"):
        page.goto(path)
        assert barriers() == {}


def test_account_has_no_barriers(page, barriers, enter, member):
    enter(member)
    page.wait_for_url("**/o/**")

    for path in ("", "password/", "email/", "sessions/"):
        page.goto(f"/o/{member.organization.slug}/settings/account/{path}")
        assert barriers() == {}


def test_app_is_turned_on_and_asked_for(page, barriers, enter, member):
    enter(member)
    page.wait_for_url("**/o/**")
    page.goto(f"/o/{member.organization.slug}/settings/account/app/")
    assert barriers() == {}
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Write the key by hand").click()
    assert barriers() == {}
    page.get_by_label("Authenticator code").fill(code_of(page.locator(".secret code").inner_text()))
    page.get_by_role("button", name="Turn on").click()

    expect(page.get_by_text("Keep these codes now.")).to_be_visible()
    assert barriers() == {}
    with page.expect_download() as download:
        page.get_by_role("link", name="Download codes").click()
    assert re.fullmatch(r"(\d{8}\n){10}", download.value.path().read_text())


def wait_for_a_fresh_code(page):
    """A code is good for half a minute by the clock; one at its end is too old when it arrives."""
    left = 30 - time.time() % 30
    if left < 10:
        page.wait_for_timeout(left * 1000)


def test_code_of_the_app_signs_in(page, barriers, enter, member):
    secret = give_app(member.user)
    enter(member)
    page.wait_for_url("**/sign-in/code/")
    assert barriers() == {}

    wait_for_a_fresh_code(page)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()

    page.wait_for_url(f"**/o/{member.organization.slug}/**")
