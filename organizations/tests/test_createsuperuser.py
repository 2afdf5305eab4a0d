"""The first operator is made at the command line, by e-mail."""

import pytest
from django.core.management import CommandError, call_command

from organizations.models import User
from organizations.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _password(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "correct horse battery")


def test_superuser_is_made_by_email(client):
    call_command("createsuperuser", interactive=False, email="Rita@Example.com", name="Rita Root", verbosity=0)

    user = User.objects.get()
    assert (user.email, user.name, user.is_staff, user.is_superuser) == ("rita@example.com", "Rita Root", True, True)
    assert client.login(username="RITA@example.com", password="correct horse battery")


def test_email_in_other_letter_case_is_refused():
    UserFactory(email="rita@example.com")

    with pytest.raises(CommandError, match=r"^Error: That e-mail is already taken\.$"):
        call_command("createsuperuser", interactive=False, email="Rita@EXAMPLE.com", name="Rita Root")


def test_malformed_email_is_refused():
    with pytest.raises(CommandError, match=r"Enter a valid email address\."):
        call_command("createsuperuser", interactive=False, email="rita", name="Rita Root")
