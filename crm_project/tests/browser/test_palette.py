"""The palette and the keys, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from contacts.tests.factories import ContactFactory


@pytest.fixture
def anna(owner):
    return ContactFactory(by=owner, name="Anna Karg", phone="0170 1234567")


@pytest.fixture
def arrive(page, enter):
    """`arrive(membership)` signs in and waits until the keys act."""

    def wait(membership):
        enter(membership)
        expect(page.get_by_role("heading", level=1)).to_have_text("Today")
        page.wait_for_load_state("load")

    return wait


@pytest.mark.parametrize("key", ["Control+k", "/"])
def test_contact_is_found_by_digits_and_opened(page, arrive, barriers, owner, anna, key):
    arrive(owner)
    page.keyboard.press(key)
    expect(page.locator("#palette-input")).to_be_focused()
    page.keyboard.type("+49 170 123")
    expect(page.locator("#palette-results [aria-selected=true]")).to_contain_text("Anna Karg")
    assert barriers() == {}

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Anna Karg")


def test_command_is_chosen_with_the_arrows(page, arrive, owner):
    arrive(owner)
    page.keyboard.press("Control+k")
    page.keyboard.type("> go to")
    expect(page.locator("#palette-results [role=option]")).to_have_count(8)
    expect(page.locator("#palette-results [aria-selected=true]")).to_have_text(re.compile("Go to today"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Contacts")


def test_escape_gives_the_focus_back(page, arrive, owner):
    arrive(owner)
    search = page.locator(".sidebar [data-search]")
    search.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#palette-input")).to_be_focused()

    page.keyboard.press("Escape")

    expect(search).to_be_focused()


def test_keys_lead_through_the_pages(page, arrive, owner, anna):
    arrive(owner)
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contacts")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anna Karg")
    page.keyboard.press("?")

    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()


def test_keys_are_letters_while_one_types(page, arrive, owner, anna):
    arrive(owner)
    page.goto(f"/o/{owner.organization.slug}/contacts/")
    page.get_by_role("searchbox").first.focus()

    page.keyboard.type("gc?")

    expect(page.get_by_role("searchbox").first).to_have_value("gc?")
    expect(page.locator("#keyboard-help")).to_be_hidden()


def test_keys_can_be_switched_off_but_the_palette_stays(page, arrive, owner):
    owner.user.keyboard_shortcuts = False
    owner.user.save()
    arrive(owner)
    page.keyboard.press("?")
    expect(page.locator("#keyboard-help")).to_be_hidden()

    page.keyboard.press("Control+k")

    expect(page.locator("#palette-input")).to_be_focused()
