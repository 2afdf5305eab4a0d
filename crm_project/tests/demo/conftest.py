"""The demo, loaded once for all tests of this folder."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from crm_project.demo.load import EMAILS
from organizations.actions import delete_organization
from organizations.audit import Departure
from organizations.models import Organization, User
from organizations.tenancy import clock


def seed_demo(**options):
    output = StringIO()
    with override_settings(ALLOWED_HOSTS=options.pop("hosts", ["127.0.0.1", "localhost"])):
        call_command("seed_demo", stdout=output, **options)
    return output.getvalue()


def remove_demo():
    for organization in Organization.objects.all():
        delete_organization(organization, confirm=organization.slug, by=None)
    Departure.objects.all().delete()
    User.objects.filter(email__in=EMAILS).delete()


@pytest.fixture(scope="package")
def loaded_at(django_db_setup, django_db_blocker):
    """The moment at which the demo was loaded."""
    now = timezone.now()
    with django_db_blocker.unblock():
        with clock.at(now):
            seed_demo()
        yield now
        remove_demo()
