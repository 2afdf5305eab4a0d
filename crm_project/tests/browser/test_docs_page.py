"""The documentation of the API in a browser."""

from playwright.sync_api import expect


def test_documentation_shows_the_operations_and_tries_them(page):
    page.goto("/docs")

    expect(page.get_by_role("heading", name="Kontor API")).to_be_visible()
    expect(page.locator(".opblock-summary-path", has_text="/api/v1/deals").first).to_be_visible()
    page.get_by_role("button", name="/api/v1/auth/login").first.click()
    page.get_by_role("button", name="Try it out").click()
    expect(page.get_by_role("button", name="Execute")).to_be_visible()
