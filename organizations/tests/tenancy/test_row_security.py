"""The database's own line between organizations: every table has it, and a role that it binds sees one only."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from crm_project.proof.isolation import raw_sql
from crm_project.proof.isolation.raw_sql import bound_role
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations import actions
from organizations.models import Invitation, Membership
from organizations.roles import Role
from organizations.tenancy import row_security
from organizations.tenancy.models import TenantModel
from organizations.tenancy.row_policies import GuardRows

only_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="row security is PostgreSQL's")
LABELS = {model._meta.label for model in apps.get_models() if issubclass(model, TenantModel)}


@pytest.fixture
def on(settings, db):
    settings.ROW_SECURITY = True


def guarded_models():
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    return {
        operation.model
        for migration in migrations
        for operation in migration.operations
        if isinstance(operation, GuardRows)
    }


def said():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(current_setting('app.organization_id', true), '')")
        return cursor.fetchone()[0]


def test_every_tenant_model_is_guarded_by_a_migration():
    assert guarded_models() == LABELS


@only_postgresql
def test_every_tenant_table_has_its_policy(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
            " WHERE relrowsecurity AND polname = 'organization' AND polqual IS NOT NULL AND polwithcheck IS NOT NULL"
        )
        guarded = {row[0] for row in cursor.fetchall()}

    assert guarded == set(raw_sql.tenant_tables())


@only_postgresql
def test_nobody_sees_a_row_before_the_organization_is_said(on, owner):
    DealFactory(by=owner)

    with bound_role():
        assert (Deal.objects.count(), Membership.objects.count()) == (0, 0)


@only_postgresql
def test_inside_an_organization_only_its_rows_are_seen(on, owner, stranger):
    deal = DealFactory(by=owner)
    DealFactory(by=stranger)

    with bound_role(), row_security.inside(owner.organization_id):
        assert list(Deal.objects.all()) == [deal]


@only_postgresql
def test_user_sees_their_own_memberships_everywhere(on, owner, stranger):
    with bound_role():
        row_security.admit(stranger.user_id)

        assert list(Membership.objects.all()) == [stranger]


@only_postgresql
def test_own_membership_elsewhere_is_seen_but_not_deleted(on, owner):
    with bound_role():
        row_security.admit(owner.user_id)

        assert Membership.objects.filter(pk=owner.pk).delete()[0] == 0


@only_postgresql
def test_invitation_is_seen_by_its_token_alone(on, owner):
    actions.invite(email="ann@example.com", role=Role.MEMBER, by=owner)
    invitation, token = actions.invite(email="ben@example.com", role=Role.MEMBER, by=owner)

    with bound_role():
        assert actions.open_invitation(token) == invitation
        assert list(Invitation.objects.all()) == [invitation]


@only_postgresql
def test_operator_sees_every_organization(on, owner, stranger):
    with bound_role():
        row_security.admit_operator()

        assert Membership.objects.count() == 2


@only_postgresql
def test_request_is_one_transaction_from_the_first_word_on(on, transactional_db):
    with row_security.lasting_for_a_request():
        assert not connection.in_atomic_block
        row_security.enter(7)
        assert (connection.in_atomic_block, said()) == (True, "7")

    assert (connection.in_atomic_block, said()) == (False, "")


@only_postgresql
def test_what_is_said_is_over_with_the_transaction(on, transactional_db):
    with transaction.atomic():
        row_security.enter(7)

    assert said() == ""


@only_postgresql
def test_start_is_refused_to_a_superuser(on):
    with pytest.raises(ImproperlyConfigured, match=r"it is a superuser\. Serve with a role of its own"):
        row_security.refuse_unbound_role()


def test_nothing_is_asked_while_it_is_off(settings, django_assert_num_queries, db):
    settings.ROW_SECURITY = False

    with django_assert_num_queries(0):
        row_security.enter(7)
        row_security.refuse_unbound_role()
