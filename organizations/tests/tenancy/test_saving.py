"""The hall: a save keeps every rule or changes nothing."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from activities.models import Activity
from contacts.models import Contact
from contacts.tests.factories import ContactFactory
from deals.models import Deal, StageChange, Status
from deals.tests.factories import DealFactory
from organizations.models import ExchangeRate
from organizations.tenancy.refusals import Conflict, Forbidden, Gone, StaleVersion

pytestmark = pytest.mark.django_db


def codes(refusal):
    return {name: [error.code for error in errors] for name, errors in refusal.error_dict.items()}


def history():
    return list(Activity.objects.values_list()), list(StageChange.objects.values_list())


def test_a_new_record_has_version_one(member):
    contact = Contact(name="Anna").save_by(member)

    assert (contact.version, Contact.objects.get().version) == (1, 1)


def test_a_new_record_is_of_whoever_creates_it(member):
    contact = Contact(name="Anna").save_by(member)

    assert (contact.organization, contact.owner) == (member.organization, member.user)


def test_each_change_counts_the_version_up(owner):
    contact = ContactFactory(by=owner)
    for name in ("Anna", "Berta"):
        contact.name = name
        contact.save_by(owner)

    assert Contact.objects.get().version == 3


def test_a_save_that_changes_nothing_writes_nothing(owner):
    contact = ContactFactory(by=owner)
    before = Contact.objects.values().get()

    contact.save_by(owner)

    assert Contact.objects.values().get() == before


def test_untidy_writing_of_the_same_is_no_change(owner):
    contact = ContactFactory(by=owner, name="Anna")
    before = Contact.objects.values().get()

    contact.name = "  Anna\r\n"
    contact.save_by(owner)

    assert Contact.objects.values().get() == before


def test_an_empty_external_id_is_none(owner):
    contact = ContactFactory(by=owner, external_id=None)
    before = Contact.objects.values().get()

    contact.external_id = ""
    contact.save_by(owner)

    assert contact.external_id is None
    assert Contact.objects.values().get() == before


def test_the_asked_version_passes(owner):
    contact = ContactFactory(by=owner)
    contact.name = "Anna"

    contact.save_by(owner, if_version=1)

    assert Contact.objects.get().name == "Anna"


def test_a_stale_version_carries_the_record_as_it_is(owner):
    mine, theirs = ContactFactory(by=owner), Contact.objects.get()
    theirs.name = "Theirs"
    theirs.save_by(owner)

    mine.name = "Mine"
    with pytest.raises(StaleVersion) as refusal:
        mine.save_by(owner, if_version=1)

    assert (refusal.value.current.name, refusal.value.current.version) == ("Theirs", 2)
    assert Contact.objects.get().name == "Theirs"


def test_a_record_deleted_meanwhile_is_gone(owner):
    contact = ContactFactory(by=owner)
    Contact.objects.get().delete_by(owner)

    contact.name = "Anna"
    with pytest.raises(Gone):
        contact.save_by(owner)

    assert not Contact.objects.exists()


def test_a_refusal_changes_nothing(owner):
    deal = DealFactory(by=owner)
    row, before = Deal.objects.values().get(), history()

    deal.title, deal.status = "Won", Status.WON
    with pytest.raises(ValidationError):
        deal.save_by(owner)

    assert Deal.objects.values().get() == row
    assert history() == before


def test_a_refused_record_can_be_mended_and_saved(owner):
    deal = DealFactory(by=owner)
    deal.status = Status.WON
    with pytest.raises(ValidationError):
        deal.save_by(owner)

    deal.amount = 5
    deal.save_by(owner)

    stored = Deal.objects.get()
    assert (stored.status, stored.amount, stored.version) == (Status.WON, Decimal(5), 2)


def test_all_errors_come_at_once(owner):
    deal = DealFactory(by=owner)
    deal.title, deal.status, deal.currency = "", Status.WON, "XXX"

    with pytest.raises(ValidationError) as refusal:
        deal.save_by(owner)

    assert codes(refusal.value) == {
        "title": ["blank"],
        "currency": ["currency_unknown"],
        "amount": ["amount_required"],
    }


def test_a_neighbor_that_is_needed_is_named(owner):
    with pytest.raises(ValidationError) as refusal:
        Deal(title="").save_by(owner)

    assert codes(refusal.value) == {"title": ["blank"], "contact": ["null"]}


def test_a_rule_about_a_malformed_value_is_not_asked(owner):
    rate = ExchangeRate(currency="USD", rate=0, valid_from="soon")

    with pytest.raises(ValidationError) as refusal:
        rate.save_by(owner)

    assert codes(refusal.value) == {"valid_from": ["invalid"], "rate": ["rate_not_positive"]}


def test_what_is_not_yours_outweighs_what_is_wrong(owner, member):
    deal = DealFactory(by=owner)
    deal.title, deal.status = "", Status.WON

    with pytest.raises(Forbidden) as refusal:
        deal.save_by(member)

    assert refusal.value.reason == "not_the_owner"


def test_what_is_wrong_outweighs_a_conflict(owner):
    ContactFactory(by=owner, external_id="A-1")

    with pytest.raises(ValidationError) as refusal:
        Contact(name="", external_id="A-1").save_by(owner)

    assert codes(refusal.value) == {"name": ["blank"]}


def test_a_taken_value_is_a_conflict(owner):
    ContactFactory(by=owner, external_id="A-1")

    with pytest.raises(Conflict) as refusal:
        Contact(name="Anna", external_id="A-1").save_by(owner)

    assert (refusal.value.reason, list(refusal.value.error_dict)) == ("external_id_taken", ["external_id"])


def test_a_record_of_another_organization_is_refused(owner, stranger):
    contact = ContactFactory(by=stranger)
    contact.name = "Taken over"

    with pytest.raises(Forbidden) as refusal:
        contact.save_by(owner)

    assert refusal.value.reason == "wrong_organization"


def test_a_record_stays_in_its_organization(owner, stranger):
    contact = ContactFactory(by=owner)
    contact.organization = stranger.organization

    with pytest.raises(Forbidden) as refusal:
        contact.save_by(stranger)

    assert refusal.value.reason == "wrong_organization"


def test_not_even_a_command_moves_a_record_to_another_organization(owner, stranger):
    contact = ContactFactory(by=owner)
    contact.organization, contact.owner = stranger.organization, stranger.user

    with pytest.raises(Forbidden) as refusal:
        contact.save_by(None)

    assert refusal.value.reason == "wrong_organization"


def test_a_command_may_do_what_no_role_checks(owner, member):
    contact = ContactFactory(by=owner)
    contact.owner = member.user
    contact.save_by(None)

    assert Contact.objects.get().owner == member.user


def test_a_dry_run_raises_what_a_save_would(owner):
    deal = DealFactory(by=owner)
    deal.status = Status.WON

    with pytest.raises(ValidationError) as refusal:
        deal.refuse_if_wrong(owner)

    assert codes(refusal.value) == {"amount": ["amount_required"]}


def test_a_dry_run_leaves_no_trace(owner):
    deal = DealFactory(by=owner)
    deal.status, deal.amount = Status.WON, "5"

    deal.refuse_if_wrong(owner)

    assert deal.changed_fields() == {"status", "amount"}
    assert Deal.objects.get().status == Status.NEW


def test_a_dry_run_of_no_change_passes_for_whoever_may_change(owner, member):
    DealFactory(by=owner).refuse_if_wrong(owner)
    with pytest.raises(Forbidden):
        DealFactory(by=owner).refuse_if_wrong(member)
