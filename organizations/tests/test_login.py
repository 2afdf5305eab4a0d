"""Logging in and out: what is answered, and that a refusal tells nobody which accounts there are."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher

from organizations import tokens
from organizations.tests.answers import post, refusal
from organizations.tests.factories import PASSWORD, MembershipFactory, UserFactory
from organizations.users import Login

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga():
    return UserFactory(email="olga@example.com", name="Olga")


def log_in(email="olga@example.com", password=PASSWORD, **headers):
    return post("/auth/login", {"email": email, "password": password}, **headers)


def test_answer_of_a_login(olga):
    answer = log_in()

    assert answer.status_code == 200
    assert {name: value for name, value in answer.json().items() if not name.endswith("_token")} == {
        "token_type": "bearer",
        "expires_in": 900,
        "user": {
            "id": olga.pk,
            "email": "olga@example.com",
            "name": "Olga",
            "locale": "en",
            "time_zone": "UTC",
            "keyboard_shortcuts": True,
            "created_at": olga.created_at.isoformat().replace("+00:00", "Z"),
        },
    }


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_access_token_opens_the_api_whatever_the_letter_case_of_its_scheme(client, olga, scheme):
    token = log_in().json()["access_token"]

    answer = client.get("/api/v1/users/me", headers={"Authorization": f"{scheme} {token}"})

    assert answer.json()["id"] == olga.pk


@pytest.mark.parametrize("email", ["OLGA@example.COM", " olga@example.com "])
def test_email_is_found_whatever_its_letter_case(olga, email):
    assert log_in(email).json()["user"]["id"] == olga.pk


def test_email_is_found_however_its_letters_are_composed():
    zoe = UserFactory(email="zoe@zo\u00eb.example")

    assert log_in("zoe@zoe\u0308.example").json()["user"]["id"] == zoe.pk


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("olga@example.com", "wrong"),
        ("olga@example.com", f" {PASSWORD}"),
        ("olga@example.com", PASSWORD.upper()),
        ("nobody@example.com", PASSWORD),
        ("no address", PASSWORD),
        ("gone@example.com", PASSWORD),
        ("unset@example.com", ""),
        ("unset@example.com", "!"),
    ],
)
def test_every_refusal_is_the_same_to_the_byte(olga, email, password):
    UserFactory(email="gone@example.com", is_active=False)
    UserFactory(email="unset@example.com", password=None)
    known = log_in(password="wrong", **{"X-Request-Id": "1"})

    answer = log_in(email, password or "none", **{"X-Request-Id": "1"})

    assert refusal(answer) == (401, "invalid_credentials")
    assert answer.content == known.content
    assert answer.headers.items() == known.headers.items()


@pytest.mark.parametrize("email", ["olga@example.com", "nobody@example.com", "gone@example.com", "unset@example.com"])
@pytest.mark.parametrize("door", ["api", "page", "admin"])
def test_every_refusal_hashes_a_password_once(client, olga, email, door, monkeypatch):
    UserFactory(email="gone@example.com", is_active=False)
    UserFactory(email="unset@example.com", password=None)
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, password, salt: hashed.append(1) or encode(self, password, salt)
    )

    if door == "api":
        log_in(email, "wrong")
    elif door == "page":
        client.post("/sign-in/", {"login": email, "password": "wrong"})
    else:
        client.post("/admin/login/", {"username": email, "password": "wrong"})

    assert len(hashed) == 1


def test_refusal_asks_for_a_token():
    assert log_in()["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("/email", "required"), ("/password", "required")]),
        ({"email": "", "password": ""}, [("/email", "blank"), ("/password", "blank")]),
        ({"email": "o" * 255, "password": "x"}, [("/email", "max_length")]),
        ({"email": "olga\x00@example.com", "password": "x"}, [("/email", "control_characters")]),
        ({"email": ["olga@example.com"], "password": {}}, [("/email", "invalid"), ("/password", "invalid")]),
        ({"email": "olga@example.com", "password": "x", "otp": "1"}, [("/otp", "unknown_field")]),
        (["olga@example.com", PASSWORD], [("", "invalid")]),
    ],
)
def test_wrong_body_is_named(body, errors):
    assert refusal(post("/auth/login", body)) == (400, errors)


def test_unknown_parameter_is_refused(olga):
    answer = post("/auth/login?next=/", {"email": "olga@example.com", "password": PASSWORD})

    assert refusal(answer) == (400, [("/next", "unknown_parameter")])


def test_login_needs_no_token_and_minds_no_bad_one(olga):
    assert log_in(Authorization="Bearer nonsense").status_code == 200


def test_user_of_several_organizations_logs_in_once(olga):
    MembershipFactory.create_batch(2, user=olga)

    assert log_in().json()["user"]["id"] == olga.pk


def log_out(tokens, token=None):
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    return post("/auth/logout", {"refresh_token": token or tokens["refresh_token"]}, **headers)


def test_logout_ends_the_login(olga):
    tokens = log_in().json()
    token = tokens["refresh_token"]

    answer = log_out(tokens)

    assert (answer.status_code, answer.content) == (204, b"")
    assert refusal(post("/auth/refresh", {"refresh_token": token})) == (401, "token_not_valid")


def test_logout_leaves_the_other_logins(olga):
    here, there = log_in().json(), log_in().json()

    log_out(here)

    assert post("/auth/refresh", {"refresh_token": there["refresh_token"]}).status_code == 200
    assert Login.objects.count() == 1


def test_logout_twice_is_no_mistake(olga):
    tokens = log_in().json()
    log_out(tokens)

    assert log_out(tokens).status_code == 204


def test_logout_is_for_whoever_is_signed_in(olga):
    token = log_in().json()["refresh_token"]

    assert refusal(post("/auth/logout", {"refresh_token": token})) == (401, "not_authenticated")
    assert Login.objects.count() == 1


def test_nobody_logs_out_another(olga, owner):
    theirs, mine = log_in().json(), tokens.issue(owner.user)

    log_out(mine, theirs["refresh_token"])

    assert olga.logins.count() == 1


def test_logout_takes_refresh_tokens_only(olga):
    given = log_in().json()

    assert refusal(log_out(given, given["access_token"])) == (401, "token_not_valid")
    assert Login.objects.count() == 1
