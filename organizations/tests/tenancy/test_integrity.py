"""The database is the last judge: it refuses what the hall overlooked, and the hall finds the words."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Status
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from organizations.tenancy import hall
from organizations.tenancy.bulk import save_all_by
from organizations.tenancy.examination import Verdict
from organizations.tenancy.models import TenantModel
from organizations.tenancy.refusals import Conflict
from tasks.tests.factories import TaskFactory

pytestmark = pytest.mark.django_db

PAIRS = [
    pytest.param(model, rule, id=rule.name)
    for model in apps.get_models()
    if issubclass(model, TenantModel)
    for rule in model.neighbor_rules()
]


def fill(membership):
    """A row of each kind in the member's organization, each with all of its neighbors."""
    company = CompanyFactory(by=membership)
    contact = ContactFactory(by=membership, company=company)
    deal = DealFactory(by=membership, contact=contact, company=company)
    deal.stage = Stage.objects.get(organization=membership.organization, slug="proposal")
    deal.save_by(membership)
    TaskFactory(by=membership, deal=deal)


@pytest.fixture
def blind(monkeypatch):
    """Two who act at once: the hall looks before the other has written."""
    monkeypatch.setattr(hall, "examine", lambda changes, by: Verdict())
    monkeypatch.setattr("organizations.tenancy.bulk.examine", lambda changes, by: Verdict())


def column(model, rule):
    return model._meta.get_field(rule.field).attname


@pytest.mark.parametrize(("model", "rule"), PAIRS)
def test_the_database_refuses_a_neighbor_of_another_organization(model, rule, owner, stranger):
    fill(owner)
    fill(stranger)
    row = model.objects.for_membership(owner).exclude(**{column(model, rule): None}).order_by("-id").first()
    foreign = model.objects.for_membership(stranger).exclude(**{column(model, rule): None}).first()

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{column(model, rule): getattr(foreign, column(model, rule))})


@pytest.mark.parametrize(("model", "rule"), PAIRS)
def test_the_database_takes_the_same_neighbor_again(model, rule, owner):
    fill(owner)
    row = model.objects.exclude(**{column(model, rule): None}).order_by("-id").first()

    assert model.objects.filter(pk=row.pk).update(**{column(model, rule): getattr(row, column(model, rule))}) == 1


@pytest.mark.parametrize("model", [model for model in apps.get_models() if issubclass(model, TenantModel)])
def test_every_reference_to_a_record_and_every_owner_is_such_a_pair(model):
    """Who wrote a line of history is not: they may have left since."""
    references = {
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and (issubclass(field.related_model, TenantModel) or field.name in ("owner", "assignee"))
    }

    assert {rule.field for rule in model.neighbor_rules()} == references


def test_a_unique_value_taken_meanwhile_is_a_conflict(owner, blind):
    ContactFactory(by=owner, external_id="A-1")

    with pytest.raises(Conflict) as refusal:
        Contact(name="Anna", external_id="A-1").save_by(owner)

    assert refusal.value.reason == "external_id_taken"
    assert refusal.value.message_dict == {"external_id": ["Another record has this external id."]}


def test_a_check_that_the_database_keeps_has_its_message(owner, blind):
    deal = DealFactory(by=owner)
    deal.status = Status.WON

    with pytest.raises(ValidationError) as refusal:
        deal.save_by(owner)

    assert refusal.value.message_dict == {"amount": ["A won deal needs an amount above zero."]}


def test_a_neighbor_of_another_organization_has_its_message(owner, stranger, blind):
    with pytest.raises(ValidationError) as refusal:
        Contact(name="Anna", company=CompanyFactory(by=stranger)).save_by(owner)

    assert refusal.value.message_dict == {"company": ["There is no such record in this organization."]}


def test_a_loaded_neighbor_that_was_deleted_meanwhile_has_its_message(owner):
    company = CompanyFactory(by=owner)
    Company.objects.get().delete_by(owner)

    with pytest.raises(ValidationError) as refusal:
        Contact(name="Anna", company=company).save_by(owner)

    assert refusal.value.message_dict == {"company": ["There is no such record in this organization."]}


def test_an_owner_who_is_no_member_has_its_message(owner, stranger, blind):
    with pytest.raises(ValidationError) as refusal:
        Contact(name="Anna", owner=stranger.user).save_by(owner)

    assert refusal.value.message_dict == {"owner": ["There is no such record in this organization."]}


def test_after_the_refusal_the_transaction_goes_on(owner, blind):
    ContactFactory(by=owner, external_id="A-1")

    with transaction.atomic():
        with pytest.raises(Conflict):
            Contact(name="Anna", external_id="A-1").save_by(owner)
        Contact(name="Berta", external_id="A-2").save_by(owner)

    assert Contact.objects.count() == 2


def test_a_record_refused_by_the_database_starts_at_version_one(owner, blind):
    ContactFactory(by=owner, external_id="A-1")
    contact = Contact(name="Anna", external_id="A-1")
    with pytest.raises(Conflict):
        contact.save_by(owner)

    contact.external_id = "A-2"
    contact.save_by(owner)

    assert Contact.objects.values_list("external_id", "version").get(name="Anna") == ("A-2", 1)


def test_a_batch_that_the_database_refuses_is_refused_in_words(owner, stranger, blind):
    with pytest.raises(ValidationError) as refusal:
        save_all_by([Contact(name="Anna"), Contact(name="Berta", company=CompanyFactory(by=stranger))], owner)

    assert refusal.value.message_dict == {"company": ["There is no such record in this organization."]}
    assert not Contact.objects.exists()


def test_what_no_rule_explains_is_raised_as_it_came(owner, blind):
    deal = DealFactory(by=owner)
    deal.status = None

    with pytest.raises(IntegrityError) as error:
        deal.save_by(owner)

    driver = "sqlite3" if connection.vendor == "sqlite" else "psycopg"
    assert type(error.value.__cause__).__module__.split(".")[0] == driver


def test_nor_in_a_batch(owner, blind):
    deal = DealFactory(by=owner)
    deal.status = None

    with pytest.raises(IntegrityError):
        save_all_by([deal], owner)


def test_the_pair_needs_no_neighbor(owner):
    """Contacts without a company."""
    assert Contact.objects.filter(pk=ContactFactory(by=owner).pk).update(company=None) == 1
