"""How many rows a list has is kept, whoever writes, and told without counting."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from activities.models import Activity
from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations import row_totals
from organizations.models import Organization
from organizations.row_totals import RowTotal
from organizations.tenancy.bulk import save_all_by
from organizations.tenancy.refusals import Forbidden
from organizations.tests.factories import MembershipFactory
from organizations.tests.statements import statements_of
from tasks.models import Task
from tasks.tests.factories import TaskFactory

pytestmark = pytest.mark.django_db
COUNTED = (Company, Contact, Task)


def kept(by):
    return [model.objects.for_membership(by).count() for model in COUNTED]


def counted(by):
    return [len(model.objects.for_membership(by)) for model in COUNTED]


@pytest.fixture
def rows(owner, stranger):
    for by in (owner, owner, stranger):
        contact = ContactFactory(by=by, company=CompanyFactory(by=by))
        TaskFactory(by=by, deal=DealFactory(by=by, contact=contact))


def test_each_organization_has_its_own(rows, owner, stranger):
    assert (kept(owner), kept(stranger)) == (counted(owner), counted(stranger))
    assert kept(stranger) == [1, 1, 1]


def test_many_rows_and_deletions_count(rows, owner):
    company = Company.objects.for_membership(owner).first()
    save_all_by([Contact(name=f"Ann {n}", company=company) for n in range(30)], owner)
    Contact.objects.for_membership(owner).filter(name__startswith="Ann ", name__endswith="7").delete()
    Task.objects.for_membership(owner).first().delete_by(owner)
    Deal.objects.for_membership(owner).delete()  # which takes the tasks along

    assert kept(owner) == counted(owner)
    assert kept(owner)[2] == 0


def test_a_change_that_is_taken_back_does_not_count(rows, owner):
    before = kept(owner)

    with transaction.atomic():
        ContactFactory(by=owner)
        transaction.set_rollback(True)

    assert kept(owner) == before == counted(owner)


def test_an_empty_list_has_none(owner):
    assert kept(owner) == [0, 0, 0]


def test_what_is_narrowed_is_counted(rows, owner, stranger):
    contacts = Contact.objects.for_membership(owner)
    RowTotal.objects.all().delete()

    assert contacts.filter(name=contacts[0].name).count() == 1
    assert Company.objects.for_membership(owner).values_list("contacts__name").count() == 2
    assert [contacts.exclude(pk=0).count(), contacts.distinct().count(), contacts[:1].count()] == [2, 2, 1]
    assert [contacts.none().count(), (contacts | contacts.none()).exclude(pk=0).count()] == [0, 2]
    assert [Contact.objects.count(), Activity.objects.for_membership(owner).count()] == [3, 4]
    assert (contacts | Contact.objects.for_membership(stranger)).count() == 3


@pytest.mark.parametrize("name", ["contacts", "companies", "tasks"])
def test_a_full_page_comes_with_the_total(rows, call, owner, name):
    caller, asked = call(owner), f"/api/v1/{name}?page_size=1"

    assert len(statements_of(lambda: caller.get(asked))) == len(["who asks", "the page"])
    assert caller.get(asked).json()["count"] == 2


def test_totals_go_with_their_organization(rows, owner, stranger):
    for model in (Deal, Contact, Company):
        model.objects.for_membership(owner).delete()
    RowTotal.objects.for_membership(owner).update(count=5)

    Organization.objects.filter(pk=owner.organization_id).delete()

    assert RowTotal.objects.filter(organization=owner.organization_id).count() == 0
    assert kept(stranger) == [1, 1, 1]


def test_nobody_writes_totals(rows, owner):
    total = RowTotal.objects.for_membership(owner).first()

    with pytest.raises(Forbidden, match="Totals keep themselves"):
        total.check_change(None, owner)
    with pytest.raises(Forbidden, match="Totals keep themselves"):
        total.check_delete(owner)


@pytest.mark.parametrize(("app", "models"), [("contacts", (Company, Contact)), ("tasks", (Task,))])
def test_migration_counts_what_is_there_and_can_be_taken_back(rows, owner, app, models):
    tables = {model._meta.db_table for model in models}
    before = kept(owner)
    editor = SimpleNamespace(connection=connection)
    operations = import_module(f"{app}.migrations.0009_count_rows").Migration.operations

    for operation in operations:
        operation.reverse_code(apps, editor)
    assert not RowTotal.objects.filter(kind__in=tables).exists()
    ContactFactory(by=owner)
    for operation in operations:
        operation.code(apps, editor)

    assert kept(owner) == counted(owner) != before
    ContactFactory(by=owner)
    assert kept(owner) == counted(owner)


def test_triggers_that_a_table_lost_are_back_after_the_migration(rows, owner):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite changes a table by making it anew")
    with connection.cursor() as cursor:
        for name in ("contacts_contact_insert_counted", row_totals.FORGETTING):
            cursor.execute(f"DROP TRIGGER {name}")
    ContactFactory(by=owner)
    assert kept(owner) != counted(owner)

    call_command("migrate", verbosity=0)

    assert kept(owner) == counted(owner)


def test_counting_can_be_given_up_and_taken_up_again(transactional_db):
    for app, before in (("contacts", "0008"), ("tasks", "0008"), ("crm_project", "0001"), ("organizations", "0009")):
        call_command("migrate", app, before, verbosity=0)
    with connection.cursor() as cursor:
        names = {
            trigger for table in ("contacts_company", "contacts_contact") for trigger in triggers_of(cursor, table)
        }
        assert [name for name in names if name.endswith("_counted")] == []

    call_command("migrate", verbosity=0)

    owner = MembershipFactory()
    ContactFactory(by=owner)
    assert kept(owner) == counted(owner)


def triggers_of(cursor, table):
    kinds = {"sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"}
    kinds["postgresql"] = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass"
    cursor.execute(kinds[connection.vendor], [table])
    return [name for (name,) in cursor.fetchall()]


def test_writers_at_once_all_count(race, call, owner):
    def write():
        contacts = [call(owner).post("/api/v1/contacts", {"name": f"Ann {n}"}).json()["id"] for n in range(6)]
        call(owner).delete(f"/api/v1/contacts/{contacts[0]}")

    race(*[write] * 6)

    assert kept(owner) == counted(owner) == [0, 30, 0]
