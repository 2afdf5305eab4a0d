"""SQLite's index of parts holds what the tables hold, whoever wrote it."""

import sqlite3

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from crm_project.volume.generate import generate
from crm_project.volume.size import Size
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.tenancy import parts
from organizations.tenancy.bulk import save_all_by
from tasks.models import Task
from tasks.tests.factories import TaskFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has an index of its own"),
]
MODELS = (Company, Contact, Deal, Task)


def is_true(model):
    """Whether FTS5 itself finds its index to be one of the table's texts."""
    name = parts.parts_of(model._meta.db_table)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True


def all_true():
    return [is_true(model) for model in MODELS] == [True] * len(MODELS)


def titles(by, words):
    return sorted(Deal.objects.for_membership(by).search(words).values_list("title", flat=True))


@pytest.fixture
def deal(owner):
    contact = ContactFactory(by=owner, company=CompanyFactory(by=owner))
    deal = DealFactory(by=owner, contact=contact, title="Wärmepumpe")
    TaskFactory(by=owner, deal=deal)
    return deal


def test_index_follows_a_change_and_a_deletion(owner, deal):
    deal.title = "Solardach"
    deal.save_by(owner)
    assert (titles(owner, "pump"), titles(owner, "LARD"), all_true()) == ([], ["Solardach"], True)

    deal.delete_by(owner)
    assert (titles(owner, "lard"), all_true()) == ([], True)


def test_index_follows_many_changes_at_once(owner, deal):
    others = [Deal(contact=deal.contact, title=f"Roof {n}") for n in range(30)]
    save_all_by(others, owner)
    for other in others[:10]:
        other.title = "Shed"
    save_all_by(others, owner)

    assert (len(titles(owner, "roof")), len(titles(owner, "shed")), all_true()) == (20, 10, True)


def test_index_follows_what_no_hall_sees(owner, deal):
    Deal.objects.update(search_text="by hand")
    assert (titles(owner, "by hand"), all_true()) == (["Wärmepumpe"], True)

    Task.objects.all()._raw_delete("default")
    assert all_true()


def test_index_follows_a_transaction_that_fails(owner, deal):
    with transaction.atomic():
        Deal.objects.update(search_text="gone")
        transaction.set_rollback(True)

    assert (titles(owner, "gone"), titles(owner, "pump"), all_true()) == ([], ["Wärmepumpe"], True)


def test_index_knows_generated_rows(db):
    generate(Size(organizations=2, deals=40, contacts=30, activities=200), seed=1, told=lambda count: None)

    assert all_true()
    text = Deal.objects.order_by("pk").values_list("search_text", flat=True)[7]
    assert set(Deal.objects.search(text)) >= set(Deal.objects.filter(search_text__contains=text))


def test_index_of_a_table_that_was_made_anew_is_made_anew(owner, deal):
    with connection.cursor() as cursor:
        for event in ("insert", "update", "delete"):
            cursor.execute(f"DROP TRIGGER deals_deal_parts_{event}")
    Deal.objects.update(search_text="unseen")
    assert not is_true(Deal)

    parts.restore(connection, [Deal])

    assert (titles(owner, "unseen"), all_true()) == (["Wärmepumpe"], True)


@pytest.mark.parametrize(
    "words", ['"', '""" OR', "a*b c", "{search_text}: x", "NEAR(", "x\0yz", "\ud7ff𝄞𝄞", "-- ;", "' '"]
)
def test_words_are_no_syntax(owner, words):
    assert list(Deal.objects.for_membership(owner).search(words)) == []


def test_search_asks_the_index_from_three_letters_on(owner):
    def is_asked(words):
        with CaptureQueriesContext(connection) as captured:
            list(Deal.objects.for_membership(owner).search(words))
        return "MATCH" in captured.captured_queries[-1]["sql"]

    assert [is_asked(words) for words in ("ab", "abc", "ÄÖÜ", " a ", "a\0b")] == [False, True, True, False, False]


@pytest.mark.parametrize("many", [0, 1, 2, 100])
def test_what_many_rows_have_is_found_as_well(owner, stranger, deal, monkeypatch, many):
    monkeypatch.setattr(parts, "MANY", many)
    DealFactory(by=stranger, title="Wärmepumpe")

    assert titles(owner, "pump") == titles(owner, deal.contact.company.name) == ["Wärmepumpe"]


def test_few_of_many_that_tell_alike_are_found_by_all_of_the_words(owner, deal, monkeypatch):
    monkeypatch.setattr(parts, "MANY", 2)
    DealFactory(by=owner, title="Wärmepumpen")

    with CaptureQueriesContext(connection) as captured:
        found = titles(owner, "Wärmepumpen")

    assert (found, len(captured), '"warmepumpen"' in captured[-1]["sql"]) == (["Wärmepumpen"], 3, True)


def test_a_sqlite_without_the_index_is_refused(monkeypatch):
    assert parts.check_parts(None) == []
    monkeypatch.setattr(parts, "AS_PARTS", "tokenize = 'none of these'")

    (error,) = parts.check_parts(None)

    assert error.msg == f"SQLite {sqlite3.sqlite_version} has no FTS5 with trigrams, which search needs."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("app", "before"), [("tasks", "0007_index_parts")])
def test_index_can_be_given_up_and_made_again(app, before):
    call_command("migrate", app, before, verbosity=0)
    with connection.cursor() as cursor:
        assert "tasks_task_parts" not in connection.introspection.table_names(cursor)

    call_command("migrate", app, verbosity=0)

    assert is_true(Task)
