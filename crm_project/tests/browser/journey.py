"""A team's first day, step by step; whose hands do it and what is looked at on the way is the test's choice."""

import re
from urllib.parse import urlsplit

from django.core import mail
from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import expect

from crm_project.tests.browser.hands import Mouse
from organizations.tests.factories import PASSWORD


class Journey:
    """`glance` is called with every page that is arrived at; `language` is the one in which controls are named."""

    firm, contact, deal = "Nordlicht", "Anna Karg", "Solar roof"

    def __init__(self, page, hand=Mouse, glance=lambda page: None, language="en"):
        self.page, self.hand, self.glance, self.language = page, hand(page), glance, language

    def say(self, words, of=None):
        with override(self.language):
            return pgettext(of, words) if of else gettext(words)

    def link(self, words):
        return self.page.get_by_role("link", name=self.say(words), exact=True).filter(visible=True).first

    def button(self, words):
        return self.page.get_by_role("button", name=self.say(words), exact=True)

    def field(self, label, of=None):
        return self.page.get_by_label(re.compile(rf"^{re.escape(self.say(label, of))}( \(|$)"))

    def arrive(self, heading):
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.page.wait_for_load_state("networkidle")
        self.glance(self.page)

    def sign_up(self):
        self.page.goto("/sign-up/")
        self.arrive(self.say("Create an organization"))
        words = {"Name of the organization": self.firm, "Your name": "Ольга", "E-mail": "olga@example.com"}
        for label, value in {**words, "Password": PASSWORD}.items():
            self.hand.write(self.field(label), value)
        self.hand.press(self.button("Create organization"))
        expect(self.page.locator("#beginnings")).to_contain_text(self.firm)
        self.glance(self.page)

    def invite(self, email):
        self.hand.press(self.link("Invite colleague"))
        self.arrive(self.say("Settings"))
        self.hand.press(self.link("Invite people"))
        self.hand.write(self.page.get_by_label(self.say("E-mail addresses")), email)
        self.glance(self.page)
        self.hand.press(self.button("Send invitations"))
        expect(self.page.locator("#outcomes")).to_contain_text(email)
        self.glance(self.page)

    def accept(self, email):
        self.page.goto(mailed_link(email))
        self.arrive(re.compile(self.firm))
        self.hand.write(self.field("Your name"), "Макс")
        self.hand.write(self.field("Password"), PASSWORD)
        self.hand.press(self.button("Accept invitation"))
        self.arrive(self.say("Today"))

    def create_contact(self):
        self.hand.press(self.link("Contacts"))
        self.arrive(self.say("Contacts"))
        self.hand.press(self.link("New contact"))
        self.arrive(self.say("New contact"))
        self.hand.write(self.field("Name", of="a person"), self.contact)
        self.hand.press(self.button("Create contact"))
        self.arrive(self.contact)

    def create_deal(self):
        self.hand.press(self.link("New deal"))
        self.arrive(self.say("New deal"))
        self.hand.write(self.field("Title"), self.deal)
        self.hand.press(self.button("Create deal"))
        self.arrive(self.deal)

    def open_board(self):
        self.hand.press(self.link("Deals"))
        self.arrive(self.say("Deals"))
        self.hand.press(self.link("Board"))
        self.arrive(self.say("Deals"))

    def move_to(self, stage):
        column = self.page.locator(f'.board-column[data-name="{self.say(stage, of="stage")}"]')
        self.hand.carry(self.card, column, self)
        expect(column.locator(".deal-card:not([aria-busy])")).to_have_count(1)
        self.glance(self.page)

    def win(self, amount):
        """The amount is all that is asked."""
        self.hand.carry(self.card, self.page.locator('.drop-zone[data-outcome="won"]'), self)
        asked = self.page.locator("main form, dialog form").filter(has=self.button("Mark won"))
        expect(asked.locator("input:not([type=hidden]), textarea, select")).to_have_count(1)
        self.glance(self.page)
        self.hand.write(asked.get_by_label(self.say("Amount")), amount)
        self.hand.press(self.button("Mark won"))
        expect(self.card).to_have_count(0)
        self.glance(self.page)

    def find_it_in_analytics(self, figure):
        self.hand.go_to("Analytics", self)
        self.arrive(self.say("Analytics"))
        self.hand.press(self.page.locator(".stat-tile").first.get_by_role("link", name=figure))
        self.arrive(self.say("Deals"))
        expect(self.page.locator("tbody th a")).to_have_text([self.deal])

    @property
    def card(self):
        return self.page.locator(".deal-card", has_text=self.deal)


def mailed_link(email):
    """Where the mail to this address leads, on the server of the tests."""
    letter = next(letter for letter in mail.outbox if letter.to == [email])
    address = urlsplit(re.search(r"http\S+", letter.body)[0])
    return f"{address.path}?{address.query}"
