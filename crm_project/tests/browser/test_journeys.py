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
