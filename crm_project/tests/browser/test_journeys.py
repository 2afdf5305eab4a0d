"""From signing up to the won deal in analytics: by mouse, by keyboard, without script, on a phone, in Russian."""

import re

import pytest

from crm_project.tests.browser.hands import Finger, Keyboard, WithoutScript
from crm_project.tests.browser.journey import Journey

pytestmark = pytest.mark.django_db(transaction=True)

wide = pytest.mark.browser_context_args(viewport={"width": 1440, "height": 900})
without_script = pytest.mark.browser_context_args(java_script_enabled=False)
phone = pytest.mark.browser_context_args(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


def win_the_first_deal(olga, guest, figure="€12,400"):
    olga.sign_up()
    olga.invite("max@example.com")
    guest.accept("max@example.com")
    guest.create_contact()
    guest.create_deal()
    guest.open_board()
    guest.move_to("Proposal")
    guest.win("12400")
    olga.find_it_in_analytics(figure)


@wide
def test_by_mouse(page, colleague):
    win_the_first_deal(Journey(page), Journey(colleague))


@wide
def test_by_keyboard_alone(page, colleague):
    win_the_first_deal(Journey(page, Keyboard), Journey(colleague, Keyboard))


@without_script
def test_without_script(page, colleague):
    win_the_first_deal(Journey(page, WithoutScript), Journey(colleague, WithoutScript))


@phone
def test_on_a_phone(page, colleague):
    win_the_first_deal(Journey(page, Finger, stays_in_the_window), Journey(colleague, Finger, stays_in_the_window))


def stays_in_the_window(page):
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0, page.url


russian = pytest.mark.browser_context_args(locale="ru-RU", viewport={"width": 1440, "height": 900})
NAMES = (
    "Nordlicht",
    "Anna Karg",
    "Solar roof",
    "Kontor",
    "Ctrl",
    "Shift",
    "Escape",
    "Esc",
    "EUR",
    "Europe",
    "Enter",
    "AK",
)
LATIN = re.compile(r"(?<![\w.@/-])[A-Za-z]{2,}(?![\w.@/-])")


@russian
def test_in_russian(page, colleague):
    olga = Journey(page, glance=reads_russian, language="ru")
    win_the_first_deal(olga, Journey(colleague, glance=reads_russian, language="ru"), "12 400 €")


def reads_russian(page):
    """Whatever is written in Latin letters is a name, an address, or the code of a currency."""
    text = page.locator("body").inner_text()
    codes = [code.inner_text() for code in page.locator("select").all()]
    for name in (*codes, *NAMES):
        text = text.replace(name, "")
    assert LATIN.findall(text) == [], page.url
