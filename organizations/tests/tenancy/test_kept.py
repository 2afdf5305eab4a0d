"""A query that is kept answers as one that is made anew, for whoever asks."""

import pytest
from django.db import connection
from django.db.models import Q
from django.db.transaction import TransactionManagementError

from contacts.models import Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from organizations.middleware import membership_of
from organizations.models import Membership
from organizations.tenancy.kept import Kept

pytestmark = pytest.mark.django_db


def names_of(organization_id, pk):
    return Contact.objects.filter(organization=organization_id, pk=pk).values_list(
        "name", "created_at", "company__name"
    )


def test_a_kept_query_answers_for_each_as_a_new_one(owner, stranger):
    kept = Kept(names_of)
    contacts = [ContactFactory(by=owner, name="Ann"), ContactFactory(by=stranger, name="Bob")]
    asked = [(by.organization_id, contact.pk) for by in (owner, stranger) for contact in contacts]

    assert [kept.rows(*values) for values in asked] == [list(names_of(*values)) for values in asked]
    assert [[row[0] for row in kept.rows(*values)] for values in asked] == [["Ann"], [], [], ["Bob"]]


def test_a_kept_query_is_made_once(owner):
    made = []
    kept = Kept(lambda *marks: made.append(marks) or names_of(*marks))

    kept.rows(1, 2)
    kept.rows(3, 4)

    assert len(made) == 1


def test_a_mark_may_stand_in_a_query_more_than_once(owner):
    contact = ContactFactory(by=owner, name="Ann")
    kept = Kept(lambda pk, *names: Contact.objects.filter(Q(pk=pk, name__in=names) | Q(pk=pk, email__in=names)))

    assert [kept.rows(contact.pk, *names) for names in (("Ann", "Bob"), ("Bob", "Tom"))] == [[contact], []]


def test_a_query_that_loses_a_mark_is_refused(owner):
    with pytest.raises(ValueError, match="Each mark stands in"):
        Kept(lambda organization_id, pk: names_of(organization_id, 1)).rows(1, 2)


def test_a_query_that_orders_by_what_it_does_not_show_is_refused(owner):
    with pytest.raises(ValueError, match="orders by what it shows"):
        Kept(lambda pk: Contact.objects.filter(pk=pk).values_list("owner_id").distinct().order_by("name")).rows(1)


def test_a_kept_query_of_records_answers_with_records_and_their_neighbors(owner, django_assert_num_queries):
    company = CompanyFactory(by=owner)
    contact = ContactFactory(by=owner, company=company)
    kept = Kept(lambda pk, name: Contact.objects.filter(pk=pk, name=name).select_related("company"))

    with django_assert_num_queries(3):
        found, again, none = [kept.rows(contact.pk, name) for name in (contact.name, contact.name, "Nobody")]
        companies = [one.company for one in (*found, *again)]

    assert (found, again, none, companies) == ([contact], [contact], [], [company, company])
    assert (found[0] is again[0], found[0].changed_fields()) == (False, set())


def test_a_query_is_kept_for_each_number_of_values(owner):
    contact = ContactFactory(by=owner, name="Ann")
    kept = Kept(lambda pk, *name: Contact.objects.filter(pk=pk, **({"name": name[0]} if name else {})))

    assert [kept.rows(contact.pk), kept.rows(contact.pk, "Bob"), kept.rows(contact.pk, "Ann")] == [
        [contact],
        [],
        [contact],
    ]


def test_a_membership_is_whole_without_another_question(owner, django_assert_num_queries):
    expected = Membership.objects.select_related("user", "organization").get(pk=owner.pk)

    with django_assert_num_queries(1):
        found = membership_of(owner.user_id, str(owner.organization_id))
        columns = [{f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields} for one in parts(found)]

    assert columns == [
        {f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields} for one in parts(expected)
    ]
    assert (found._state.adding, found.user._state.adding, found.changed_fields()) == (False, False, set())


def parts(membership):
    return membership, membership.user, membership.organization


def test_a_membership_elsewhere_is_none(owner, stranger):
    assert membership_of(owner.user_id, str(stranger.organization_id)) is None


def test_a_kept_query_locks_rows_in_a_transaction_only(owner, monkeypatch):
    contact = ContactFactory(by=owner)
    kept = Kept(lambda pk: Contact.objects.select_for_update().filter(pk=pk))
    assert kept.rows(contact.pk) == [contact]
    monkeypatch.setattr(connection, "get_autocommit", lambda: True)
    monkeypatch.setattr(connection.features, "has_select_for_update", True)

    with pytest.raises(TransactionManagementError):
        kept.rows(contact.pk)
