"""What keeps the totals stands, hears every door, and goes with the organization."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from contacts.models import Contact
from deals import triggers
from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from deals.tests.totals.plainly import counted, kept
from deals.totals import AmountTotal, ClosingTotal, DayTotal, DealTotal, WayTotal
from organizations.models import Organization
from organizations.tenancy.refusals import Forbidden

TABLES = (DealTotal, DayTotal, AmountTotal, WayTotal)


def numbers(model, by):
    return [row.count for row in model.objects.for_membership(by)]


def test_new_deal_counts_in_each_table(owner):
    DealFactory(by=owner, amount="12345678901.23", currency="USD")

    stage = Stage.objects.get(slug="qualification")
    [total], [day], [amount], [way] = (list(model.objects.all()) for model in TABLES)
    assert (total.stage, total.status, total.currency) == (stage.pk, "new", "USD")
    assert (total.count, total.high, total.low) == (1, 1234, 567890123)
    assert (day.day, day.currency, day.count) == (Deal.objects.get().created_at.date(), "USD", 1)
    assert (amount.status, amount.currency, amount.step, amount.count) == ("new", "USD", 11 * 90 + 12, 1)
    assert (way.stages, way.count) == (str(stage.pk), 1)


def test_title_changes_no_total(owner):
    deal = DealFactory(by=owner)
    before = [list(model.objects.values()) for model in TABLES]

    deal.title = "New"
    deal.save_by(owner)

    assert [list(model.objects.values()) for model in TABLES] == before


def test_totals_of_a_plainly_deleted_organization_go_with_it(owner, stranger):
    for by in (owner, stranger):
        DealFactory(by=by)
    Deal.objects.for_membership(owner).get().delete()
    Contact.objects.for_membership(owner).get().delete()
    DealTotal.objects.for_membership(owner).update(count=5)

    Organization.objects.filter(pk=owner.organization_id).delete()

    assert [numbers(model, owner) for model in TABLES] == [[], [], [], []]
    assert [numbers(model, stranger) for model in TABLES] == [[1], [1], [1], [1]]


def test_cascade_in_whatever_order_leaves_no_totals(owner):
    DealFactory(by=owner)
    for model in TABLES:
        model.objects.all().delete()

    Deal.objects.all().delete()
    Contact.objects.all().delete()
    Organization.objects.filter(pk=owner.organization_id).delete()

    assert [numbers(model, owner) for model in TABLES] == [[], [], [], []]


@pytest.mark.parametrize("model", TABLES)
def test_nobody_writes_totals(owner, model):
    DealFactory(by=owner)
    total = model.objects.get()

    with pytest.raises(Forbidden, match="Totals keep themselves"):
        total.check_change(None, owner)
    with pytest.raises(Forbidden, match="Totals keep themselves"):
        total.check_delete(owner)


def test_migration_counts_what_is_there(owner):
    triggers.drop(connection)
    DealFactory(by=owner)
    assert [numbers(model, owner) for model in TABLES] == [[], [], [], []]

    import_module("deals.migrations.0006_keep_totals").keep(apps, SimpleNamespace(connection=connection))

    assert [numbers(model, owner) for model in TABLES] == [[1], [1], [1], [1]]
    DealFactory(by=owner)
    assert kept() == counted()


def test_migration_of_amounts_leads_there_and_back(owner):
    DealFactory(by=owner)
    migration, here = import_module("deals.migrations.0012_keep_amounts"), SimpleNamespace(connection=connection)

    migration.keep_no_more(apps, here)
    DealFactory(by=owner)
    without = [sum(numbers(model, owner)) for model in TABLES]
    migration.keep(apps, here)

    assert (without, kept()) == ([2, 2, 1, 2], counted())


def test_a_deal_counts_as_closed_until_it_is_reopened(owner):
    deal = DealFactory(by=owner, amount="5")
    told = [numbers(ClosingTotal, owner)]

    for status in ("won", "in_progress", "lost"):
        deal.status = status
        deal.save_by(owner)
        told.append([(row.status, row.count) for row in ClosingTotal.objects.for_membership(owner) if row.count])

    assert (told, kept()) == ([[], [("won", 1)], [], [("lost", 1)]], counted())


def test_migration_of_closings_leads_there_and_back(owner):
    closed = {"by": owner, "amount": "5", "status": "won"}
    DealFactory(**closed)
    migration, here = import_module("deals.migrations.0014_keep_closings"), SimpleNamespace(connection=connection)

    migration.keep_no_more(apps, here)
    DealFactory(**closed)
    without = sum(numbers(ClosingTotal, owner))
    migration.keep(apps, here)

    assert (without, kept()) == (1, counted())


def test_triggers_that_a_table_lost_are_back_after_the_migration(owner):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite changes a table by making it anew")
    triggers.drop(connection)

    call_command("migrate", verbosity=0)

    DealFactory(by=owner)
    assert [numbers(model, owner) for model in TABLES] == [[1], [1], [1], [1]]
