"""Signing up by page makes what registering by API makes, and refuses what it refuses."""

import re

import pytest

from deals.pipelines import Pipeline
from organizations.models import Membership, Organization, User
from organizations.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

OLGA = {"organization_name": "Nordlicht", "name": "Olga", "email": "Olga@example.com", "password": PASSWORD}


def sign_up(client, **changes):
    return client.post("/sign-up/", {**OLGA, **changes})


def errors(response):
    found = re.findall(r'class="error" id="id_(\w+)_error">.*?</svg>(.*?)</p>', response.content.decode())
    return response.status_code, dict(found)


def test_owner_of_a_new_organization_is_signed_in(client):
    response = sign_up(client)

    membership = Membership.objects.get()
    assert (response.status_code, response.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(membership.user_id)
    assert (membership.user.email, membership.organization.name, membership.role) == (
        "olga@example.com",
        "Nordlicht",
        "owner",
    )
    assert Pipeline.objects.get().organization == membership.organization


@pytest.mark.parametrize(("guess", "time_zone"), [("Asia/Almaty", "Asia/Almaty"), ("", "UTC"), ("Mars/Olympus", "UTC")])
def test_time_zone_is_what_the_browser_says(client, guess, time_zone):
    sign_up(client, time_zone=guess)

    membership = Membership.objects.get()
    assert (membership.user.time_zone, membership.organization.time_zone) == (time_zone, time_zone)


def test_language_is_that_of_the_page(client):
    client.post("/sign-up/", OLGA, headers={"Accept-Language": "ru"})

    assert User.objects.get().locale == "ru"


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({"name": ""}, {"name": "This field is required."}),
        ({"organization_name": " "}, {"organization_name": "This field is required."}),
        ({"organization_name": "A\x07"}, {"organization_name": "Remove the control characters from this text."}),
        ({"name": "A\x07"}, {"name": "Remove the control characters from this text."}),
        ({"email": "olga"}, {"email": "Enter a valid email address."}),
        (
            {"password": "olga@example"},
            {"password": "The password is too similar to the e-mail."},
        ),
    ],
)
def test_refusal_is_shown_at_its_field_and_changes_nothing(client, changes, refusals):
    assert errors(sign_up(client, **changes)) == (422, refusals)
    assert (User.objects.count(), Organization.objects.count()) == (0, 0)


def test_address_with_an_account_is_refused(client):
    UserFactory(email="olga@example.com")

    assert errors(sign_up(client)) == (422, {"email": "This e-mail address has an account. Sign in instead."})


def test_password_is_never_shown_again(client):
    assert PASSWORD not in sign_up(client, name="").content.decode()


def test_whoever_is_signed_in_has_signed_up(client, owner):
    client.force_login(owner.user)

    assert client.get("/sign-up/").url == "/"
