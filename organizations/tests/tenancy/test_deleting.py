"""The hall: a deletion keeps every rule or changes nothing."""

import pytest

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal, StageChange
from deals.tests.factories import DealFactory
from organizations.models import Membership
from organizations.tenancy.refusals import Conflict, Forbidden, Gone, StaleVersion
from organizations.tenancy.signals import record_deleted
from organizations.tenancy.viewsets import TenantViewSet

pytestmark = pytest.mark.django_db


def test_a_deleted_record_is_gone(owner):
    ContactFactory(by=owner).delete_by(owner)

    assert not Contact.objects.exists()


def test_a_deletion_is_announced_with_the_key(owner):
    contact = ContactFactory(by=owner)
    pk, heard = contact.pk, []

    def hear(instance, by, **_):
        heard.append((instance.pk, by))

    record_deleted.connect(hear, sender=Contact)
    contact.delete_by(owner)
    record_deleted.disconnect(hear, sender=Contact)

    assert heard == [(pk, owner)]


def test_the_asked_version_passes(owner):
    ContactFactory(by=owner).delete_by(owner, if_version=1)

    assert not Contact.objects.exists()


def test_a_stale_version_stays(owner):
    contact = ContactFactory(by=owner)

    with pytest.raises(StaleVersion) as refusal:
        contact.delete_by(owner, if_version=0)

    assert refusal.value.current == contact
    assert Contact.objects.exists()


def test_deleted_twice_the_second_is_gone(owner):
    contact = ContactFactory(by=owner)
    Contact.objects.get().delete_by(owner)

    with pytest.raises(Gone):
        contact.delete_by(owner)


def test_a_contact_with_deals_says_how_many(owner):
    contact = ContactFactory(by=owner)
    DealFactory.create_batch(2, by=owner, contact=contact)

    with pytest.raises(Conflict) as refusal:
        contact.delete_by(owner)

    assert refusal.value.reason == "contact_has_deals"
    assert refusal.value.sentence == "This contact has 2 deals. Delete or move them first."
    assert Contact.objects.exists()


def test_what_only_the_database_knows_to_depend_is_a_conflict(owner, member):
    ContactFactory(by=member)

    with pytest.raises(Conflict) as refusal:
        member.delete_by(owner)

    assert refusal.value.reason == "depended_on"
    assert refusal.value.sentence == "Other records depend on this membership. Move them elsewhere first."
    assert Membership.objects.filter(pk=member.pk).exists()


def test_others_records_stay(owner, member):
    contact = ContactFactory(by=owner)

    with pytest.raises(Forbidden, match="only what you own"):
        contact.delete_by(member)

    assert Contact.objects.exists()


def test_calling_a_record_ones_own_does_not_make_it_so(owner, member):
    contact = ContactFactory(by=owner)
    contact.owner = member.user

    with pytest.raises(Forbidden, match="only what you own"):
        contact.delete_by(member)


def test_a_record_of_another_organization_stays(owner, stranger):
    contact = ContactFactory(by=stranger)

    with pytest.raises(Forbidden) as refusal:
        contact.delete_by(owner)

    assert refusal.value.reason == "wrong_organization"


def test_rows_that_lose_a_neighbor_get_a_new_version(owner):
    company = CompanyFactory(by=owner)
    ContactFactory(by=owner, company=company)
    ContactFactory(by=owner, company=CompanyFactory(by=owner))

    company.delete_by(owner)

    assert list(Contact.objects.order_by("id").values_list("company", "version")) == [
        (None, 2),
        (Company.objects.get().pk, 1),
    ]


def test_losing_a_neighbor_costs_the_same_for_many_rows(owner, django_assert_num_queries):
    company = CompanyFactory(by=owner)
    ContactFactory.create_batch(30, by=owner, company=company)

    with django_assert_num_queries(7):
        company.delete_by(owner)


def test_a_refused_deletion_takes_no_neighbor_away(owner):
    company = CompanyFactory(by=owner)
    contact = ContactFactory(by=owner, company=company)
    DealFactory(by=owner, contact=contact, company=company)

    with pytest.raises(Conflict, match="This company has 1 deal"):
        company.delete_by(owner)

    assert Contact.objects.values_list("company", "version").get() == (company.pk, 1)


def test_a_deal_takes_its_history_along(owner):
    DealFactory(by=owner).delete_by(owner)

    assert (Deal.objects.count(), StageChange.objects.count()) == (0, 0)


@pytest.fixture
def late(monkeypatch):
    """Requests whose record is deleted by another right after they found it, or before they lock it."""
    find = TenantViewSet.get_object

    def find_late(view):
        record = find(view)
        Contact.objects.get(pk=record.pk).delete_by(None)
        return record

    def lock_late(view, body):
        Contact.objects.get(pk=view.kwargs["pk"]).delete_by(None)
        return ()

    monkeypatch.setattr(TenantViewSet, "get_object", find_late)
    monkeypatch.setattr(TenantViewSet, "named_in", lock_late)


@pytest.mark.parametrize(("method", "body"), [("patch", {"name": "Anna"}), ("delete", None)])
def test_a_request_that_comes_too_late_finds_nothing(call, owner, late, method, body):
    contact = ContactFactory(by=owner)

    answer = getattr(call(owner), method)(f"/api/v1/contacts/{contact.pk}", body)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.json()["detail"] == "There is no such record."
