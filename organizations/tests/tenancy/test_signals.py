"""What the hall announces, and what becomes of the rows that receivers answer with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Type
from contacts.models import Contact
from contacts.tests.factories import ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.tenancy.bulk import save_all_by
from organizations.tenancy.signals import record_saved, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """The record, the stored name and the member of each announcement about contacts."""
    announcements = []

    def hear(instance, stored, by, **_):
        announcements.append((instance.name, stored and stored.name, by))

    record_saved.connect(hear, sender=Contact)
    yield announcements
    record_saved.disconnect(hear, sender=Contact)


def test_a_change_is_announced_with_what_was_and_who_acted(owner, heard):
    contact = Contact(name="Anna").save_by(owner)
    contact.name = "Berta"
    contact.save_by(None)

    assert heard == [("Anna", None, owner), ("Berta", "Anna", None)]


def test_a_batch_announces_the_same(owner, heard):
    contact = ContactFactory(by=owner, name="Anna")
    heard.clear()
    contact.name = "Berta"

    save_all_by([contact, Contact(name="Clara"), Contact(name="")], owner)

    assert heard == [("Berta", "Anna", owner), ("Clara", None, owner)]


def test_neither_a_refusal_nor_an_unchanged_record_is_announced(owner, heard):
    contact = ContactFactory(by=owner, name="Anna")
    heard.clear()

    contact.save_by(owner)
    contact.name = ""
    with pytest.raises(Exception, match="blank"):
        contact.save_by(owner)

    assert heard == []


def test_a_receiver_that_fails_undoes_the_change(owner):
    def fail(**_):
        raise ZeroDivisionError

    record_saved.connect(fail, sender=Contact)
    try:
        with pytest.raises(ZeroDivisionError):
            Contact(name="Anna").save_by(owner)
    finally:
        record_saved.disconnect(fail, sender=Contact)

    assert not Contact.objects.exists()


def test_a_change_can_be_tried_again_after_a_receiver_failed(owner):
    contact = ContactFactory(by=owner, name="Anna")

    def fail(**_):
        raise ZeroDivisionError

    contact.name = "Berta"
    record_saved.connect(fail, sender=Contact)
    try:
        with pytest.raises(ZeroDivisionError):
            contact.save_by(owner)
    finally:
        record_saved.disconnect(fail, sender=Contact)
    contact.save_by(owner)

    assert Contact.objects.values_list("name", "version").get() == ("Berta", 2)


def test_rows_are_written_with_one_statement_a_model(owner):
    deal = DealFactory(by=owner)
    rows = [Activity(organization=deal.organization, deal=deal, type=Type.SYSTEM, payload={"n": n}) for n in range(3)]

    with CaptureQueriesContext(connection) as statements:
        write(rows)

    assert [sql["sql"].split()[0] for sql in statements if "INSERT" in sql["sql"]] == ["INSERT"]
    assert list(Activity.objects.filter(type=Type.SYSTEM).values_list("payload", flat=True)) == [
        {"n": 0},
        {"n": 1},
        {"n": 2},
    ]


def test_no_rows_cost_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        write([])


def test_the_history_of_a_refused_deal_is_not_written(owner):
    deal = DealFactory(by=owner)
    before = Activity.objects.count()

    deal.status, deal.amount = "won", 0
    outcome = save_all_by([deal], owner)

    assert [record for record, _ in outcome.refused] == [deal]
    assert (Activity.objects.count(), Deal.objects.get().status) == (before, "new")
