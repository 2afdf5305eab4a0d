"""Operators make and mend users in the admin."""

import pytest
from django.urls import reverse

from organizations.models import User
from organizations.tests.factories import PASSWORD, UserFactory
from organizations.tokens import issue

ADD = "/admin/organizations/user/add/"


def new_user(**changes):
    values = {"email": "Max@Example.com", "name": "Max", "usable_password": "true"}
    return {**values, "password1": PASSWORD, "password2": PASSWORD, **changes}


def test_added_user_can_sign_in(desk, client):
    response = desk.post(ADD, new_user())

    assert response.status_code == 302
    assert User.objects.get(name="Max").email == "max@example.com"
    assert client.login(username="max@example.com", password=PASSWORD)


def test_email_that_is_taken_in_other_letter_case_is_refused(desk):
    UserFactory(email="max@example.com")

    response = desk.post(ADD, new_user())

    assert response.context["adminform"].form.errors == {"email": ["This e-mail address has an account."]}


def test_weak_password_is_refused(desk):
    response = desk.post(ADD, new_user(password1="1234567890", password2="1234567890"))

    assert list(response.context["adminform"].form.errors) == ["password2"]


def test_new_password_ends_every_token(desk, stranger, call):
    api = call(stranger)
    url = reverse("admin:auth_user_password_change", args=[stranger.user_id])

    desk.post(url, {"usable_password": "true", "password1": PASSWORD[::-1], "password2": PASSWORD[::-1]})

    assert api.get("/api/v1/users/me").json()["code"] == "token_not_valid"


def test_login_can_be_ended(desk, stranger):
    issue(stranger.user)
    login = stranger.user.logins.get()

    desk.post(reverse("admin:organizations_login_delete", args=[login.pk]), {"post": "yes"})

    assert not stranger.user.logins.exists()


@pytest.mark.parametrize("path", ["/admin/", "/admin/organizations/user/"])
def test_who_is_no_operator_is_sent_to_sign_in(client, owner, path):
    client.force_login(owner.user)

    assert client.get(path).url == f"/admin/login/?next={path}"
