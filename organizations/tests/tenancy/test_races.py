"""Two at once: each waits for the other, and neither sees an error of the house."""

from threading import Event

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.tenancy.refusals import Conflict, Gone, StaleVersion


def verdict(act):
    """A function that answers with its refusal's type, None when it was allowed."""

    def attempt():
        try:
            act()
        except (ValidationError, StaleVersion) as refusal:
            return type(refusal)
        return None

    return attempt


@pytest.fixture
def in_turn(race):
    """`in_turn(first, second)`: the second begins while the first has written, but not yet committed."""

    def run(first, second):
        written = Event()

        def slowly():
            with transaction.atomic():
                first()
                written.set()
                Event().wait(0.3)

        def after():
            written.wait(5)
            second()

        return race(verdict(slowly), verdict(after))

    return run


def test_two_changes_of_different_fields_both_survive(race, owner):
    ContactFactory(by=owner)
    mine, theirs = Contact.objects.get(), Contact.objects.get()
    mine.phone, theirs.email = "1", "anna@example.com"

    race(lambda: mine.save_by(owner), lambda: theirs.save_by(owner))

    assert Contact.objects.values_list("phone", "email", "version").get() == ("1", "anna@example.com", 3)


def test_of_two_who_ask_for_the_same_version_one_is_stale(in_turn, owner):
    ContactFactory(by=owner)
    mine, theirs = Contact.objects.get(), Contact.objects.get()
    mine.name, theirs.name = "Mine", "Theirs"

    verdicts = in_turn(lambda: mine.save_by(owner, if_version=1), lambda: theirs.save_by(owner, if_version=1))

    assert verdicts == [None, StaleVersion]
    assert Contact.objects.values_list("name", "version").get() == ("Mine", 2)


def test_of_two_with_the_same_external_id_one_is_a_conflict(in_turn, owner):
    def create():
        Contact(name="Anna", external_id="A-1").save_by(owner)

    assert in_turn(create, create) == [None, Conflict]
    assert Contact.objects.count() == 1


def test_a_change_after_the_deletion_finds_it_gone(in_turn, owner):
    ContactFactory(by=owner)
    mine, theirs = Contact.objects.get(), Contact.objects.get()
    mine.name = "Mine"

    assert in_turn(lambda: theirs.delete_by(owner), lambda: mine.save_by(owner)) == [None, Gone]


def test_a_deletion_after_the_change_deletes_what_was_changed(in_turn, owner):
    ContactFactory(by=owner)
    mine, theirs = Contact.objects.get(), Contact.objects.get()
    mine.name = "Mine"

    assert in_turn(lambda: mine.save_by(owner), lambda: theirs.delete_by(owner)) == [None, None]
    assert not Contact.objects.exists()


def test_of_two_deletions_one_finds_it_gone(in_turn, owner):
    ContactFactory(by=owner)

    def delete(contact):
        return lambda: contact.delete_by(owner)

    assert in_turn(delete(Contact.objects.get()), delete(Contact.objects.get())) == [None, Gone]


def test_a_contact_that_just_got_a_deal_stays(in_turn, owner):
    contact = ContactFactory(by=owner)

    verdicts = in_turn(lambda: DealFactory(by=owner, contact=contact), lambda: Contact.objects.get().delete_by(owner))

    assert verdicts == [None, Conflict]
    assert Deal.objects.get().contact == contact


def test_a_deal_on_a_contact_that_was_just_deleted_is_refused(in_turn, owner):
    contact = ContactFactory(by=owner)
    deal = Deal(contact=contact, title="Late")

    assert in_turn(lambda: Contact.objects.get().delete_by(owner), lambda: deal.save_by(owner)) == [
        None,
        ValidationError,
    ]
    assert not Deal.objects.exists()


def test_a_member_who_just_got_a_record_stays(in_turn, owner, member):
    verdicts = in_turn(lambda: ContactFactory(by=member), lambda: member.delete_by(owner))

    assert verdicts == [None, Conflict]


def test_a_neighbor_lost_and_a_change_at_once_both_count(in_turn, owner):
    company = CompanyFactory(by=owner)
    contact = ContactFactory(by=owner, company=company)
    contact.name = "Mine"

    assert in_turn(lambda: Company.objects.get().delete_by(owner), lambda: contact.save_by(owner)) == [None, None]
    assert Contact.objects.values_list("name", "company", "version").get() == ("Mine", None, 3)
