"""A token's signature is checked once; all else that makes it good, every time."""

import pytest
import time_machine
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.tokens import AccessToken

from organizations import tokens
from organizations.proven import ProvenTokens
from organizations.tests.answers import refusal

pytestmark = pytest.mark.django_db
PATH = "/api/v1/members"


@pytest.fixture(autouse=True)
def proven(monkeypatch):
    fresh = ProvenTokens(size=2)
    monkeypatch.setattr(tokens, "proven", fresh)
    return fresh


@pytest.fixture
def checks(monkeypatch):
    """The tokens whose signatures were checked."""
    seen = []
    check = JWTAuthentication.get_validated_token
    monkeypatch.setattr(
        JWTAuthentication, "get_validated_token", lambda self, raw: (seen.append(raw), check(self, raw))[1]
    )
    return seen


def test_a_signature_is_checked_once(owner, call, checks):
    caller = call(owner)

    assert [caller.get(PATH).status_code for _ in range(3)] == [200, 200, 200]
    assert len(checks) == 1


def test_a_forged_token_is_checked_each_time(owner, call, checks):
    caller = call(owner)
    caller.credentials(HTTP_AUTHORIZATION=f"Bearer {AccessToken.for_user(owner.user)}x")

    assert [caller.get(PATH).status_code for _ in range(2)] == [401, 401]
    assert len(checks) == 2


def test_an_expired_token_is_refused_though_it_was_proven(owner, call):
    with time_machine.travel("2026-01-01 12:00Z", tick=False) as clock:
        caller = call(owner)
        caller.get(PATH)
        clock.shift(15 * 60 - 1)
        last = caller.get(PATH)
        clock.shift(1)

        assert (last.status_code, refusal(caller.get(PATH))) == (200, (401, "token_not_valid"))


def test_a_deactivated_user_is_refused_though_the_token_was_proven(owner, call):
    caller = call(owner)
    caller.get(PATH)
    owner.user.is_active = False
    owner.user.save()

    assert refusal(caller.get(PATH)) == (401, "token_not_valid")


def test_the_token_used_longest_ago_is_forgotten_first(proven):
    for token in (b"a", b"b"):
        proven.keep(token, {"exp": 10**12})
    proven.get(b"a")

    proven.keep(b"c", {"exp": 10**12})

    assert [bool(proven.get(token)) for token in (b"a", b"b", b"c")] == [True, False, True]


def test_the_token_itself_is_not_kept(proven):
    proven.keep(b"secret", {"exp": 10**12})

    assert b"secret" not in repr(vars(proven)).encode()
