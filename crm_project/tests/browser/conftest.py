"""A real Chromium for the tests of this folder. Whatever it complains about fails the test."""

import os
import shutil
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe

from organizations.tests.factories import PASSWORD

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]

# Playwright's loop runs until the last test of this process; Django takes it for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args():
    if shutil.which(CHROMIUM):
        return {"executable_path": CHROMIUM, "args": SWITCHES}
    missing = f"NO BROWSER TESTS: there is no Chromium at {CHROMIUM}. Install it, or say with CHROMIUM where it is."
    if os.environ.get("REQUIRE_SERVICES"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url.replace("127.0.0.1", "localhost")  # passkeys are kept for a name, not for digits


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture
def page(page, base_url):
    """A page that must not log an error, throw, fail to load something, or ask another host."""
    with watched(page, base_url):
        yield page


@pytest.fixture
def colleague(new_context, base_url):
    """A page in a second browser, as strict as the first."""
    page = new_context().new_page()
    with watched(page, base_url):
        yield page


@contextmanager
def watched(page, base_url):
    complaints = []
    page.on("console", lambda message: is_complaint(message) and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: was_left(request) or complaints.append(f"Failed: {request.url}"))
    page.on("request", lambda request: is_at_home(request, base_url) or complaints.append(f"Foreign: {request.url}"))
    yield
    assert complaints == []


def is_complaint(message):
    """A form that comes back refused (422) is no fault of the page."""
    return message.type in ("error", "warning") and "status of 422" not in message.text


def is_at_home(request, base_url):
    return request.url.startswith((base_url, "data:"))


def was_left(request):
    """The next step of the test came before this request was done."""
    return request.failure == "net::ERR_ABORTED"


@pytest.fixture
def sign_in(page, operator):
    """`sign_in()` fills in the admin's form of sign-in."""

    def fill_in():
        page.goto("/admin/")
        page.get_by_label("E-mail").fill(operator.email.upper())
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/admin/")

    return fill_in


@pytest.fixture
def enter(page):
    """`enter(membership)` signs this member in by page."""

    def fill_in(membership):
        page.goto("/")
        page.get_by_label("Email").fill(membership.user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

    return fill_in


@pytest.fixture
def barriers(page):
    """`barriers()` are the rules of accessibility that the page breaks, each with its first offender."""

    def find():
        return {**offenders("light"), **offenders("dark", runOnly=["color-contrast"])}

    def offenders(scheme, **options):
        page.emulate_media(color_scheme=scheme)
        report = Axe().run(page, options={"preload": False, **options}).response
        return {f"{rule['id']} ({scheme})": rule["nodes"][0]["html"] for rule in report["violations"]}

    return find
