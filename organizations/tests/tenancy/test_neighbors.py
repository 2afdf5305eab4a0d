"""Uniques and neighbors are judged for many rows with one statement."""

import pytest

from contacts.models import Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.pipelines import Stage
from organizations.models import Membership
from organizations.tenancy.constraints import TenantForeignKey, Unique

pytestmark = pytest.mark.django_db


def rule(model, name):
    return next(constraint for constraint in model._meta.constraints if constraint.name == name)


@pytest.fixture
def external_id() -> Unique:
    return rule(Contact, "contact_external_id_unique")


@pytest.fixture
def company_of() -> TenantForeignKey:
    return rule(Contact, "contact_company")


@pytest.fixture
def owner_of() -> TenantForeignKey:
    return rule(Contact, "contact_owner")


def contacts(membership, external_ids):
    return [Contact(organization=membership.organization, external_id=external_id) for external_id in external_ids]


def test_stored_values_are_taken(owner, external_id, django_assert_num_queries):
    for number in (2, 4):
        ContactFactory(by=owner, external_id=str(number))
    records = contacts(owner, "12345")

    with django_assert_num_queries(1):
        assert external_id.broken_by(records) == {1, 3}


def test_a_value_is_taken_by_an_earlier_record(owner, external_id):
    assert external_id.broken_by(contacts(owner, "aba")) == {2}


def test_nothing_is_taken_by_none(owner, external_id, django_assert_num_queries):
    ContactFactory(by=owner, external_id=None)

    with django_assert_num_queries(0):
        assert external_id.broken_by(contacts(owner, [None, None, ""])) == set()


def test_a_value_of_another_organization_is_free(owner, stranger, external_id):
    ContactFactory(by=stranger, external_id="1")

    assert external_id.broken_by(contacts(owner, "1")) == set()


def test_two_columns_are_taken_only_together(owner, stranger, external_id):
    ContactFactory(by=owner, external_id="1")
    ContactFactory(by=stranger, external_id="2")

    assert external_id.broken_by(contacts(owner, "12") + contacts(stranger, "12")) == {0, 3}


def test_an_unchanged_value_is_not_asked(owner, external_id, django_assert_num_queries):
    contact = ContactFactory(by=owner, external_id="1")

    with django_assert_num_queries(0):
        assert external_id.broken_by([contact]) == set()


def test_one_may_write_ones_own_value_anew(owner, external_id):
    contact = ContactFactory(by=owner, external_id="1")
    contact._loaded = {}

    assert external_id.broken_by([contact]) == set()


def test_a_neighbor_of_another_organization_is_missing(owner, stranger, company_of, django_assert_num_queries):
    own, foreign = CompanyFactory(by=owner), CompanyFactory(by=stranger)
    ids = [own.pk, foreign.pk, 999_999, None]
    records = [Contact(organization=owner.organization, company_id=company_id) for company_id in ids]

    with django_assert_num_queries(1):
        assert company_of.broken_by(records) == {1, 2}


def test_a_loaded_neighbor_is_not_asked(owner, stranger, company_of, django_assert_num_queries):
    own, foreign = CompanyFactory(by=owner), CompanyFactory(by=stranger)
    records = [Contact(organization=owner.organization, company=company) for company in (own, foreign)]

    with django_assert_num_queries(0):
        assert company_of.broken_by(records) == {1}


def test_an_unchanged_neighbor_is_not_asked(owner, company_of, django_assert_num_queries):
    contact = ContactFactory(by=owner, company=CompanyFactory(by=owner))

    with django_assert_num_queries(0):
        assert company_of.broken_by([contact]) == set()


def test_an_owner_must_be_a_member(owner, stranger, owner_of, django_assert_num_queries):
    users = [owner.user, stranger.user, owner.user]
    records = [Contact(organization=owner.organization, owner=user) for user in users]

    with django_assert_num_queries(1):
        assert owner_of.broken_by(records) == {1}


def test_an_id_beyond_all_ids_is_missing(owner, company_of):
    records = [Contact(organization=owner.organization, company_id=company_id) for company_id in (2**63, -1, 0)]

    assert company_of.broken_by(records) == {0, 1, 2}


def test_a_thousand_values_are_asked_in_portions(owner, external_id, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert external_id.broken_by(contacts(owner, [str(number) for number in range(1000)])) == set()


def test_every_owner_and_assignee_is_proven_a_member():
    rules = [rule for model in (Deal, Contact) for rule in model.neighbor_rules() if rule.to]

    assert [(rule.name, rule.to) for rule in rules] == [
        ("deal_owner", Membership._meta.label),
        ("contact_owner", Membership._meta.label),
    ]


def test_a_rule_knows_the_fields_that_it_looks_at(external_id, company_of):
    assert (external_id.names, company_of.names) == ({"organization", "external_id"}, {"company"})


def test_a_migration_keeps_all_of_a_rule():
    for constraint in (*Deal._meta.constraints, *Stage._meta.constraints):
        _, args, options = constraint.deconstruct()
        assert type(constraint)(*args, **options) == constraint
