"""Two people at one record: what each changed survives."""

import pytest

from contacts.models import Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal, Status
from deals.tests.factories import DealFactory
from organizations.tenancy.refusals import Forbidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(owner):
    return ContactFactory(by=owner, name="Anna", phone="1")


def test_changes_of_different_fields_both_survive(owner, contact):
    mine, theirs = Contact.objects.get(), Contact.objects.get()
    theirs.phone = "2"
    theirs.save_by(owner)

    mine.name = "Berta"
    mine.save_by(owner)

    stored = Contact.objects.get()
    assert (stored.name, stored.phone, stored.version) == ("Berta", "2", 3)


def test_of_two_changes_of_one_field_the_last_stays(owner, contact):
    mine, theirs = Contact.objects.get(), Contact.objects.get()
    theirs.name = "Theirs"
    theirs.save_by(owner)

    mine.name = "Mine"
    mine.save_by(owner)

    assert Contact.objects.get().name == "Mine"


def test_the_record_shows_what_others_changed(owner, contact):
    mine, theirs = Contact.objects.get(), Contact.objects.get()
    theirs.phone = "2"
    theirs.save_by(owner)

    mine.name = "Berta"
    mine.save_by(owner)

    assert (mine.phone, mine.version) == ("2", 3)


def test_a_neighbor_that_others_changed_is_not_the_old_one(owner, contact):
    mine = Contact.objects.select_related("company").get()
    theirs = Contact.objects.get()
    theirs.company = CompanyFactory(by=owner, name="Karg")
    theirs.save_by(owner)

    mine.name = "Berta"
    mine.save_by(owner)

    assert mine.company.name == "Karg"


def test_the_merged_row_keeps_the_rules(owner):
    mine = DealFactory(by=owner, amount=5)
    theirs = Deal.objects.get()
    theirs.status = Status.WON
    theirs.save_by(owner)

    mine.amount = 0
    with pytest.raises(Exception, match="A won deal needs an amount above zero"):
        mine.save_by(owner)


def test_whoever_lost_the_record_meanwhile_may_not_change_it(owner, member):
    mine = ContactFactory(by=member)
    theirs = Contact.objects.get()
    theirs.owner = owner.user
    theirs.save_by(owner)

    mine.name = "Still mine"
    with pytest.raises(Forbidden, match="only what you own"):
        mine.save_by(member)


def test_a_reloaded_record_counts_its_changes_anew(owner, contact):
    mine, theirs = Contact.objects.get(), Contact.objects.get()
    theirs.phone = "2"
    theirs.save_by(owner)
    mine.refresh_from_db()
    theirs.phone = "3"
    theirs.save_by(owner)

    mine.name = "Berta"
    mine.save_by(owner)

    assert Contact.objects.get().phone == "3"


def test_a_field_that_was_loaded_late_is_no_change(owner, contact):
    mine, theirs = Contact.objects.defer("phone").get(), Contact.objects.get()
    assert mine.phone == "1"
    theirs.phone = "2"
    theirs.save_by(owner)

    mine.name = "Berta"
    mine.save_by(owner)

    assert Contact.objects.get().phone == "2"


def test_a_field_that_was_never_loaded_can_be_changed(owner, contact):
    mine = Contact.objects.only("name").get()

    mine.phone = "2"
    mine.save_by(owner)

    stored = Contact.objects.get()
    assert (stored.name, stored.phone) == ("Anna", "2")


def test_reloading_one_field_keeps_the_changes_of_others(owner, contact):
    mine = Contact.objects.get()
    mine.name = "Berta"

    mine.refresh_from_db(fields=["phone", "company"])

    assert mine.changed_fields() == {"name"}


def test_a_saved_record_has_no_changes(owner, contact):
    contact.name = "Berta"
    contact.save_by(owner)

    assert contact.changed_fields() == set()


def test_a_copy_as_it_was_loaded(contact):
    mine = Contact.objects.get()
    mine.name = "Berta"

    assert (mine.snapshot().name, mine.name) == ("Anna", "Berta")
