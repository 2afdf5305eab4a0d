"""What all tests share: a cache that forgets, one organization with four roles, and callers of the API."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone, translation
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import RefreshToken

from crm_project.tests import bound
from deals.tests.factories import first_pipeline
from organizations.audit import AuditEntry, Departure
from organizations.models import Organization
from organizations.roles import Role
from organizations.tests.factories import MembershipFactory, OrganizationFactory, UserFactory
from organizations.tests.pages import Reader


@pytest.fixture(autouse=True)
def _forget_everything():
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)  # a reader's, in the test before, may be another
    timezone.deactivate()


class Caller(APIClient):
    """A program that calls the API as one member."""

    def __init__(self, membership):
        super().__init__()
        token = RefreshToken.for_user(membership.user).access_token
        self.credentials(HTTP_AUTHORIZATION=f"Bearer {token}", HTTP_X_ORGANIZATION_ID=str(membership.organization_id))
        self.membership = membership


@pytest.fixture
def organization(db):
    organization = OrganizationFactory()
    first_pipeline(organization)
    return organization


@pytest.fixture
def owner(organization):
    return MembershipFactory(organization=organization, role=Role.OWNER, user__name="Olga Owner")


@pytest.fixture
def admin(organization):
    return MembershipFactory(organization=organization, role=Role.ADMIN, user__name="Adam Admin")


@pytest.fixture
def manager(organization):
    return MembershipFactory(organization=organization, role=Role.MANAGER, user__name="Mara Manager")


@pytest.fixture
def member(organization):
    return MembershipFactory(organization=organization, role=Role.MEMBER, user__name="Max Member")


@pytest.fixture
def stranger(db):
    """The owner of another organization."""
    organization = OrganizationFactory()
    first_pipeline(organization)
    return MembershipFactory(organization=organization, role=Role.OWNER, user__name="Stan Stranger")


@pytest.fixture
def call():
    """`call(membership)` is a client of the API in that member's name."""
    return Caller


@pytest.fixture
def at():
    """`at(membership)` is a browser in that member's hands."""
    return Reader


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """PostgreSQL drops no database that a thread, a browser's say, is still connected to."""
    if settings.ROW_SECURITY:
        with django_db_blocker.unblock():
            bound.make_role()
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def transactional_db(transactional_db):
    """Django empties tables in any order, but SQLite checks our constraints at each statement: empty them before."""
    yield
    if connection.vendor == "sqlite":
        with connection.constraint_checks_disabled():
            Departure.objects.bulk_create(Departure(pk=pk) for pk in Organization.objects.values_list("pk", flat=True))
            AuditEntry._base_manager.all()._raw_delete("default")
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def race(transactional_db):
    """`race(one, other)` runs the functions at the same moment, each in its thread; their answers in order."""

    def run(*functions):
        start = Barrier(len(functions), timeout=10)

        def compete(function):
            start.wait()
            try:
                return function()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(functions)) as threads:
            return list(threads.map(compete, functions))

    return run


@pytest.fixture
def operator(db):
    """A user who may do everything in the admin and is a member of nothing."""
    return UserFactory(name="Rita Root", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(client, operator):
    """A browser in which the operator is signed in to the admin."""
    client.force_login(operator)
    return client
