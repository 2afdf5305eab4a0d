"""What has one plan for all values is planned once for each connection."""

import psycopg
import pytest
from django.db import NotSupportedError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from organizations.models import Organization
from organizations.tenancy.kept import Kept
from organizations.tenancy.together import Together

PLANNED = "SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%%' || %s || '%%'"

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite keeps no plans")


def marked(text):
    """A question that is told by this text, which stands in it."""
    return lambda pk: (
        Organization.objects.filter(pk=pk).annotate(told=Concat(F("slug"), Value(text))).values_list("id", "told")
    )


def planned(text):
    with connection.cursor() as cursor:
        cursor.execute(PLANNED, [text])
        return cursor.fetchall()


@on_postgresql
def test_what_is_kept_is_planned_once(owner):
    kept, organization = Kept(marked("once")), owner.organization

    for _ in range(3):
        assert kept.rows(organization.pk) == [(organization.pk, f"{organization.slug}once")]

    assert len(planned("once")) == 1


@on_postgresql
def test_what_depends_on_its_values_is_not(owner):
    Kept(marked("anew"), depends=True).rows(owner.organization_id)

    assert planned("anew") == []


@on_postgresql
def test_several_questions_are_planned_as_one(owner):
    together = Together(lambda pk: {"it": Organization.objects.filter(pk=pk, name__contains="Nord").values("id")})
    together.rows(owner.organization_id)

    assert len(planned("Nord")) == 1


@on_postgresql
def test_nothing_is_planned_behind_a_pooler(owner, monkeypatch):
    monkeypatch.setattr(connection.connection, "is_direct", False)
    assert len(Kept(marked("pooled")).rows(owner.organization_id)) == 1

    assert planned("pooled") == []


@pytest.mark.parametrize("text", ["100 %", "%s", "%%s", "it's \\ here", "Ü\n"])
def test_constants_are_told_as_they_are(owner, text):
    ((_, told),) = Kept(marked(text)).rows(owner.organization_id)

    assert told == f"{owner.organization.slug}{text}"


@pytest.mark.parametrize("number", [0, -1, 40_000, 2**31, 2**63 - 1, None])
def test_an_id_of_any_size_may_be_asked_for(owner, number):
    kept = Kept(marked("sized"))

    assert [kept.rows(value) for value in (number, number)] == [[], []]
    assert len(kept.rows(owner.organization_id)) == 1
    if connection.vendor == "postgresql":
        assert len(planned("sized")) == len({type(number), int})  # a plan for ids of all sizes


def test_a_transaction_that_failed_leaves_the_plan_good(owner):
    kept = Kept(marked("undone"))

    @transaction.atomic
    def ask_and_fail():
        raise ZeroDivisionError(kept.rows(owner.organization_id))

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    assert len(kept.rows(owner.organization_id)) == 1


@on_postgresql
def test_whoever_listens_hears_a_statement_with_its_values(owner):
    with CaptureQueriesContext(connection) as captured:
        Kept(marked("heard")).rows(owner.organization_id)

    assert f'"id" = ({owner.organization_id})' in captured[0]["sql"]
    assert planned("heard") == []


@pytest.fixture
def widened(db):
    """`widened(letters)` gives a column another type, as a migration does while we serve."""
    letters = Organization._meta.get_field("slug").max_length

    def widen(most):
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
            other.execute(f"ALTER TABLE organizations_organization ALTER slug TYPE varchar({most:d})")

    yield widen
    connection.close()
    connection.close_pool()  # one in it plans no more
    widen(letters)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_migration_meanwhile_disturbs_nobody(owner, widened):
    kept, organization = Kept(lambda pk: Organization.objects.filter(pk=pk).values_list("slug")), owner.organization
    before = kept.rows(organization.pk)
    widened(77)

    assert [kept.rows(organization.pk) for _ in range(2)] == [before, before] == [[(organization.slug,)]] * 2


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_a_migration_disturbed_is_the_last(owner, widened):
    kept = Kept(lambda pk: Organization.objects.filter(pk=pk).values_list("slug"))
    before = kept.rows(owner.organization_id)
    widened(78)

    with pytest.raises(NotSupportedError), transaction.atomic():
        kept.rows(owner.organization_id)
    with transaction.atomic():
        assert kept.rows(owner.organization_id) == before


@on_postgresql
def test_nothing_is_remembered_of_what_is_not_planned(owner):
    for number in range(3):
        Organization.objects.filter(name=f"secret {number}").exists()
    Kept(marked("kept")).rows(owner.organization_id)

    assert (connection.connection.prepare_threshold, len(connection.connection._prepared._counts)) == (None, 0)
