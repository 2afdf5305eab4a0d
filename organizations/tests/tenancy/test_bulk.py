"""The bulk hall: many records, the same rules, few statements."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from activities.models import Activity
from contacts.models import Contact
from contacts.tests.factories import ContactFactory
from deals.models import Deal, StageChange, Status
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from organizations.tenancy.bulk import save_all_by
from organizations.tenancy.refusals import Conflict, Forbidden, Gone

pytestmark = pytest.mark.django_db


def refusals(outcome):
    return [(record.name, type(refusal)) for record, refusal in outcome.refused]


def test_no_records_are_saved_without_asking(owner, django_assert_num_queries):
    with django_assert_num_queries(0):
        outcome = save_all_by([], owner)

    assert (outcome.created, outcome.changed, outcome.unchanged, outcome.refused) == ([], [], [], [])


def test_each_record_is_in_one_list(owner):
    changed, same = ContactFactory(by=owner), ContactFactory(by=owner)
    changed.name = "Changed"
    new, wrong = Contact(name="New"), Contact(name="")

    outcome = save_all_by([new, wrong, changed, same], owner)

    assert (outcome.created, outcome.changed, outcome.unchanged) == ([new], [changed], [same])
    assert [(record, refusal.error_dict.keys()) for record, refusal in outcome.refused] == [(wrong, {"name"})]


def test_the_sound_ones_are_saved_beside_the_refused(owner):
    save_all_by([Contact(name="Anna"), Contact(name=""), Contact(name="Berta")], owner)

    assert list(Contact.objects.values_list("name", "version", "owner")) == [
        ("Anna", 1, owner.user_id),
        ("Berta", 1, owner.user_id),
    ]


def test_only_what_changed_gets_a_version(owner):
    contacts = ContactFactory.create_batch(2, by=owner)
    contacts[0].name = "Anna"

    save_all_by(contacts, owner)

    assert list(Contact.objects.order_by("id").values_list("version", flat=True)) == [2, 1]


def test_untouched_columns_are_not_written_back(owner):
    mine = list(ContactFactory.create_batch(2, by=owner, phone="1"))
    theirs = Contact.objects.get(pk=mine[0].pk)
    theirs.phone = "2"
    theirs.save_by(owner)

    mine[0].name, mine[1].phone = "Anna", "3"
    save_all_by(mine, owner)

    assert list(Contact.objects.order_by("id").values_list("phone", "version")) == [("2", 3), ("3", 2)]


def test_an_empty_external_id_is_none(owner):
    contacts = ContactFactory.create_batch(2, by=owner, external_id=None)
    for contact in contacts:
        contact.external_id, contact.name = "", "Anna"

    assert save_all_by(contacts, owner).changed == contacts
    assert list(Contact.objects.values_list("external_id", flat=True)) == [None, None]


def test_a_value_twice_in_the_batch_goes_to_the_first(owner):
    outcome = save_all_by([Contact(name="Anna", external_id="1"), Contact(name="Berta", external_id="1")], owner)

    assert refusals(outcome) == [("Berta", Conflict)]


def test_a_record_twice_in_the_batch_is_saved_once(owner):
    one = ContactFactory(by=owner)
    other = Contact.objects.get()
    one.name, other.phone = "Anna", "2"

    outcome = save_all_by([one, other], owner)

    assert [(record, refusal.reason) for record, refusal in outcome.refused] == [(other, "twice")]
    assert Contact.objects.values_list("name", "phone").get() == ("Anna", "")


def test_a_record_deleted_meanwhile_is_refused_alone(owner):
    gone, there = ContactFactory(by=owner, name="Gone"), ContactFactory(by=owner)
    Contact.objects.get(name="Gone").delete_by(owner)
    there.name = "There"

    outcome = save_all_by([gone, there], owner)

    assert (refusals(outcome), outcome.changed) == ([("Gone", Gone)], [there])


def test_a_malformed_value_spoils_only_its_record(owner):
    outcome = save_all_by([Contact(name="Anna", external_id="\x00"), Contact(name="Berta", external_id="2")], owner)

    assert refusals(outcome) == [("Anna", ValidationError)]


def test_the_role_counts_for_each_record(owner, member):
    others, own = ContactFactory(by=owner, name="Others"), ContactFactory(by=member)
    others.phone = own.phone = "1"

    outcome = save_all_by([others, own], member)

    assert (refusals(outcome), outcome.changed) == ([("Others", Forbidden)], [own])


def test_records_of_another_organization_are_refused(owner, stranger):
    contact = ContactFactory(by=stranger, name="Foreign")
    contact.phone = "1"

    assert refusals(save_all_by([contact], owner)) == [("Foreign", Forbidden)]


def test_the_rules_of_a_row_hold(owner):
    deals = DealFactory.create_batch(2, by=owner, amount=5)
    for deal in deals:
        deal.status = Status.WON
    deals[1].amount = 0

    outcome = save_all_by(deals, owner)

    assert outcome.changed == [deals[0]]
    assert [refusal.error_dict.keys() for _, refusal in outcome.refused] == [{"amount"}]


def test_new_and_changed_deals_write_their_history(owner):
    contact, stage = ContactFactory(by=owner), Stage.objects.get(slug="proposal")
    moved = DealFactory(by=owner, contact=contact)
    moved.stage, moved.amount = stage, Decimal("5.00")

    save_all_by([moved, Deal(contact=contact, title="New")], owner)

    new = Deal.objects.get(title="New")
    assert list(Activity.objects.order_by("id").values_list("deal", "type", "author")) == [
        (moved.pk, "deal_created", None),
        (moved.pk, "stage_changed", owner.user_id),
        (moved.pk, "amount_changed", owner.user_id),
        (new.pk, "deal_created", owner.user_id),
    ]
    assert list(StageChange.objects.order_by("id").values_list("deal", "from_stage__slug", "to_stage__slug")) == [
        (moved.pk, None, "qualification"),
        (moved.pk, "qualification", "proposal"),
        (new.pk, None, "qualification"),
    ]


def test_a_record_can_be_saved_again_after_a_batch(owner):
    contact = Contact(name="Anna")
    save_all_by([contact], owner)

    contact.name = "Berta"
    contact.save_by(owner)

    assert (contact.version, Contact.objects.get().name) == (2, "Berta")


def test_a_saved_batch_has_no_changes(owner):
    old, new = ContactFactory(by=owner), Contact(name="New")
    old.name = "Old"
    save_all_by([old, new], owner)

    assert [old.changed_fields(), new.changed_fields()] == [set(), set()]


def test_three_hundred_new_contacts_take_few_statements(owner, django_assert_max_num_queries):
    contacts = [Contact(name=f"Contact {n}", external_id=str(n)) for n in range(300)]

    with django_assert_max_num_queries(9):
        outcome = save_all_by(contacts, owner)

    assert len(outcome.created) == 300


def test_three_hundred_new_deals_take_few_statements(owner, django_assert_max_num_queries):
    contact, stage = ContactFactory(by=owner), Stage.objects.get(slug="proposal")
    deals = [Deal(contact=contact, stage=stage, title=f"Deal {n}", external_id=str(n)) for n in range(300)]

    with django_assert_max_num_queries(20):
        outcome = save_all_by(deals, owner)

    assert len(outcome.created) == 300


def test_three_hundred_changed_deals_take_few_statements(owner, django_assert_max_num_queries):
    contact = ContactFactory(by=owner)
    save_all_by([Deal(contact=contact, title=f"Deal {n}") for n in range(300)], owner)
    stage, deals = Stage.objects.get(slug="proposal"), list(Deal.objects.all())
    for deal in deals:
        deal.stage, deal.external_id = stage, str(deal.pk)

    with django_assert_max_num_queries(20):
        outcome = save_all_by(deals, owner)

    assert len(outcome.changed) == StageChange.objects.filter(to_stage=stage).count() == 300
