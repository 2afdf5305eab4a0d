"""Access tokens: whoever has no good one is told so in the same way at every address."""

from datetime import timedelta

import jwt
import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from organizations.tests.answers import refusal
from organizations.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def get(path, organization=None, **headers):
    names = {"X-Organization-Id": str(organization.pk)} if organization else {}
    return APIClient().get(f"/api/v1{path}", headers={**names, **headers})


def me(token):
    return get("/users/me", Authorization=f"Bearer {token}")


def claims_of(user, **changes):
    return {**RefreshToken.for_user(user).access_token.payload, **changes}


def signed(claims, key=None, algorithm="HS256"):
    return jwt.encode(claims, key or settings.SECRET_KEY, algorithm)


@pytest.mark.parametrize(
    "path", ["/users/me", "/organizations", "/organizations/me", "/organizations/current", "/members", "/deals/1"]
)
def test_nobody_gets_in_without_a_token(organization, path):
    answer = get(path, organization)

    assert refusal(answer) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic b2xnYTpvbGdh", "Token x", "Bearer a b", "Bearer Ünï"]
)
def test_header_that_is_no_token_is_no_entry(header):
    answer = get("/users/me", Authorization=header)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_access_token_is_good_for_fifteen_minutes(owner):
    token = str(RefreshToken.for_user(owner.user).access_token)

    with time_machine.travel(timezone.now() + timedelta(minutes=14, seconds=59), tick=False):
        assert me(token).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1), tick=False):
        answer = me(token)
    assert refusal(answer) == (401, "token_not_valid")
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_a_token_signed_as_ours_is_good(owner):
    assert me(signed(claims_of(owner.user))).json()["id"] == owner.user_id


@pytest.mark.parametrize(
    "forge",
    [
        lambda user: signed(claims_of(user), key="another key of thirty-two bytes and more"),
        lambda user: signed(claims_of(user), key=None, algorithm="HS512"),
        lambda user: jwt.encode(claims_of(user), None, algorithm="none"),
        lambda user: signed(claims_of(user)).rsplit(".", 1)[0] + ".",
        lambda user: signed(claims_of(user))[:-2],
        lambda user: signed({name: value for name, value in claims_of(user).items() if name != "exp"}),
        lambda user: signed({name: value for name, value in claims_of(user).items() if name != "hash_password"}),
        lambda user: signed({name: value for name, value in claims_of(user).items() if name != "user_id"}),
        lambda user: signed(claims_of(user, hash_password="0" * 32)),
        lambda user: signed(claims_of(user, user_id=str(user.pk + 1000))),
        lambda user: signed(claims_of(user, user_id=str(2**70))),
        lambda user: signed(claims_of(user, user_id="me")),
        lambda user: signed(claims_of(user, token_type="sliding")),
        lambda user: str(RefreshToken.for_user(user)),
        lambda user: str(AccessToken()),
    ],
)
def test_forged_token_is_refused(owner, forge):
    answer = get("/members", owner.organization, Authorization=f"Bearer {forge(owner.user)}")

    assert refusal(answer) == (401, "token_not_valid")
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_deactivated_user_is_refused_at_once(owner, call):
    caller = call(owner)
    owner.user.is_active = False
    owner.user.save()

    assert refusal(caller.get("/api/v1/members")) == (401, "token_not_valid")


def test_changed_password_ends_the_access_tokens_too(owner, call):
    caller = call(owner)
    body = {"current_password": PASSWORD, "new_password": "battery staple horse"}
    caller.post("/api/v1/users/me/password", body)

    assert refusal(caller.get("/api/v1/members")) == (401, "token_not_valid")


def test_the_token_does_not_tell_the_role(owner):
    assert claims_of(owner.user).keys() == {"token_type", "exp", "iat", "jti", "user_id", "hash_password"}


def test_who_calls_and_where_they_stand_is_one_query(owner, call, django_assert_num_queries):
    caller = call(owner)

    with django_assert_num_queries(1):
        caller.get("/api/v1/organizations/current")


def test_who_calls_is_one_query_without_an_organization(owner, django_assert_num_queries):
    token = str(RefreshToken.for_user(owner.user).access_token)

    with django_assert_num_queries(1):
        me(token)


def test_anonymous_caller_costs_no_query(organization, django_assert_num_queries):
    with django_assert_num_queries(0):
        get("/members", organization)
