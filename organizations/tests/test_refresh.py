"""Refreshing: a refresh token is good once; used twice it ends its login, and of two who hurry one wins."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from rest_framework_simplejwt.tokens import RefreshToken

from organizations.accounts import change_password
from organizations.tests.answers import post, refusal
from organizations.tests.factories import PASSWORD, UserFactory
from organizations.tokens import issue
from organizations.users import Login

pytestmark = pytest.mark.django_db

REFUSED = (401, "token_not_valid")


@pytest.fixture
def olga():
    return UserFactory(email="olga@example.com")


def log_in(user):
    return issue(user)["refresh_token"]


def refresh(token):
    return post("/auth/refresh", {"refresh_token": token})


def test_answer_is_a_new_pair(olga):
    token = log_in(olga)

    answer = refresh(token)

    body = answer.json()
    assert answer.status_code == 200
    assert body.keys() == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (body["token_type"], body["expires_in"], body["refresh_token"] == token) == ("bearer", 900, False)


def test_new_access_token_is_good(client, olga):
    token = refresh(log_in(olga)).json()["access_token"]

    assert client.get("/api/v1/users/me", headers={"Authorization": f"Bearer {token}"}).json()["id"] == olga.pk


def test_tokens_can_be_refreshed_on_and_on(olga):
    token = log_in(olga)

    for _ in range(3):
        token = refresh(token).json()["refresh_token"]

    assert Login.objects.count() == 1


def test_spent_token_is_refused_and_revokes_the_new_one(olga):
    spent = log_in(olga)
    new = refresh(spent).json()["refresh_token"]

    answer = refresh(spent)

    assert refusal(answer) == REFUSED
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    assert refusal(refresh(new)) == REFUSED


def test_replay_leaves_the_other_logins(olga):
    spent, other = log_in(olga), log_in(olga)
    refresh(spent)
    refresh(spent)

    assert refresh(other).status_code == 200


def test_changed_password_ends_every_login(olga):
    here, there = log_in(olga), log_in(olga)
    change_password(olga, current_password=PASSWORD, new_password="battery staple horse")

    assert refusal(refresh(here)) == REFUSED
    assert refusal(refresh(there)) == REFUSED


def test_password_changed_by_an_operator_ends_every_login(olga):
    token = log_in(olga)
    olga.set_password("battery staple horse")
    olga.save()

    assert refusal(refresh(token)) == REFUSED


def test_deactivated_user_is_refused(olga):
    token = log_in(olga)
    olga.is_active = False
    olga.save()

    assert refusal(refresh(token)) == REFUSED


def test_deleted_user_is_refused(olga):
    token = log_in(olga)
    olga.delete()

    assert refusal(refresh(token)) == REFUSED


def test_token_is_good_for_thirty_days(olga):
    token = log_in(olga)

    with time_machine.travel(timezone.now() + timedelta(days=29, hours=23), tick=False):
        fresh = refresh(token).json()["refresh_token"]
    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        assert refusal(refresh(fresh)) == REFUSED


def test_access_token_is_not_taken(olga):
    assert refusal(refresh(issue(olga)["access_token"])) == REFUSED


@pytest.mark.parametrize("token", ["x", "a.b.c", "é.é.é", "null"])
def test_nonsense_is_refused(token):
    assert refusal(refresh(token)) == REFUSED


def test_signed_token_without_a_login_is_refused(olga):
    assert refusal(refresh(str(RefreshToken.for_user(olga)))) == REFUSED


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("/refresh_token", "required")]),
        ({"refresh_token": ""}, [("/refresh_token", "blank")]),
        ({"refresh_token": None}, [("/refresh_token", "null")]),
        ({"refresh_token": "x" * 2001}, [("/refresh_token", "max_length")]),
        ({"refresh": "x"}, [("/refresh", "unknown_field"), ("/refresh_token", "required")]),
    ],
)
def test_wrong_body_is_named(body, errors):
    assert refusal(post("/auth/refresh", body)) == (400, errors)


@pytest.mark.parametrize("_round", range(5))
def test_of_parallel_uses_exactly_one_succeeds(race, _round):
    token = log_in(UserFactory())

    answers = race(*[lambda: refresh(token)] * 3)

    assert sorted(answer.status_code for answer in answers) == [200, 401, 401]
    assert not Login.objects.exists()


@pytest.mark.parametrize("_round", range(3))
def test_login_does_not_outlive_the_password_that_changes_meanwhile(race, _round):
    user = UserFactory()
    token = log_in(user)

    race(
        lambda: refresh(token),
        lambda: change_password(user, current_password=PASSWORD, new_password="battery staple horse"),
    )

    assert not Login.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_refresh_does_not_wait_for_who_changes_the_user(race):
    user = UserFactory()
    token = log_in(user)

    def refresh_impatiently():
        connection.cursor().execute("SET lock_timeout = '2s'")
        try:
            return refresh(token)
        finally:
            connection.cursor().execute("RESET lock_timeout")

    with transaction.atomic():
        user.save()
        [answer] = race(refresh_impatiently)

    assert answer.status_code == 200
