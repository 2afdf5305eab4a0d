"""Accepting an invitation: signed in, or as a new user, and once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from organizations.actions import invite
from organizations.models import Invitation, Membership, User
from organizations.roles import Role
from organizations.tests.answers import post, refusal
from organizations.tests.factories import PASSWORD, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

ACCEPT = "/invitations/accept"
GONE = (400, [("/token", "invitation_invalid")])


def invited(owner, email="max@example.com", role=Role.MEMBER):
    """The token of a new invitation."""
    return invite(email=email, role=role, by=owner)[1]


def accept_as_new(token, name="Max", password=PASSWORD):
    return post(ACCEPT, {"token": token, "name": name, "password": password})


def members(organization):
    found = Membership.objects.filter(organization=organization).order_by("pk")
    return list(found.values_list("user__email", "role"))


def test_answer_to_a_new_user(owner):
    answer = accept_as_new(invited(owner, role=Role.ADMIN), name=" Макс ")

    user = User.objects.get(email="max@example.com")
    body = answer.json()
    assert answer.status_code == 200
    assert (body["user"]["id"], body["user"]["name"]) == (user.pk, "Макс")
    assert body["organization"]["id"] == owner.organization_id
    assert (body["membership"]["user_id"], body["membership"]["role"]) == (user.pk, "admin")
    assert members(owner.organization) == [(owner.user.email, "owner"), ("max@example.com", "admin")]


def test_new_user_logs_in(owner):
    accept_as_new(invited(owner))

    assert post("/auth/login", {"email": "max@example.com", "password": PASSWORD}).status_code == 200


def test_signed_in_user_needs_the_token_alone(call, owner, stranger):
    answer = call(stranger).post(f"/api/v1{ACCEPT}", {"token": invited(owner)})

    assert answer.json()["membership"]["user_id"] == stranger.user_id
    assert members(owner.organization) == [(owner.user.email, "owner"), (stranger.user.email, "member")]


def test_signed_in_user_is_not_asked_who_they_are(call, owner, stranger):
    body = {"token": invited(owner), "name": "Max", "password": PASSWORD}

    assert refusal(call(stranger).post(f"/api/v1{ACCEPT}", body)) == (
        400,
        [("/name", "signed_in"), ("/password", "signed_in")],
    )


def test_bad_token_of_access_is_no_new_user(owner):
    body = {"token": invited(owner), "name": "Max", "password": PASSWORD}

    assert refusal(post(ACCEPT, body, Authorization="Bearer x")) == (401, "token_not_valid")


def test_invited_address_with_an_account_signs_in_instead(owner):
    UserFactory(email="max@example.com")

    assert refusal(accept_as_new(invited(owner))) == (409, "email_taken")
    assert members(owner.organization) == [(owner.user.email, "owner")]


def test_member_does_not_take_a_second_place(call, owner, member):
    token = invited(owner)

    assert refusal(call(member).post(f"/api/v1{ACCEPT}", {"token": token})) == (409, "already_member")
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"token": ""}, [("/token", "blank")]),
        ({"token": None}, [("/token", "null")]),
        ({"token": "x"}, [("/token", "invitation_invalid")]),
        ({"name": " "}, [("/name", "blank")]),
        ({"password": "short"}, [("/password", "password_too_short")]),
        ({"password": "max@example.com"}, [("/password", "password_too_similar")]),
        ({"email": "other@example.com"}, [("/email", "unknown_field")]),
        ({"role": "owner"}, [("/role", "unknown_field")]),
    ],
)
def test_wrong_acceptance_is_named_and_leaves_the_place_open(owner, change, errors):
    body = {"token": invited(owner), "name": "Max", "password": PASSWORD, **change}

    assert refusal(post(ACCEPT, body)) == (400, errors)
    assert members(owner.organization) == [(owner.user.email, "owner")]
    assert Invitation.objects.get().is_open


def test_new_user_writes_a_name_and_a_password(owner):
    answer = post(ACCEPT, {"token": invited(owner)})

    assert refusal(answer) == (400, [("/name", "required"), ("/password", "required")])


def test_used_invitation_is_gone(call, owner, stranger):
    token = invited(owner)
    accept_as_new(token)

    assert refusal(accept_as_new(token)) == GONE
    assert refusal(call(stranger).post(f"/api/v1{ACCEPT}", {"token": token})) == GONE


@pytest.mark.parametrize(("days", "seconds", "status"), [(7, -1, 200), (7, 1, 400)])
def test_invitation_is_open_for_seven_days(owner, days, seconds, status):
    token = invited(owner)

    with time_machine.travel(timezone.now() + timedelta(days=days, seconds=seconds), tick=False):
        assert accept_as_new(token).status_code == status


@pytest.mark.parametrize("_round", range(3))
def test_accepted_twice_at_once_by_a_new_user_is_one_membership(race, owner, _round):
    token = invited(owner)

    answers = race(*[lambda: accept_as_new(token)] * 2)

    assert sorted(answer.status_code for answer in answers) == [200, 400]
    assert members(owner.organization) == [(owner.user.email, "owner"), ("max@example.com", "member")]


@pytest.mark.parametrize("_round", range(3))
def test_accepted_twice_at_once_by_a_user_is_one_membership(race, call, owner, stranger, _round):
    tokens = [invited(owner), invited(owner, "other@example.com")]

    same = race(*[lambda: call(stranger).post(f"/api/v1{ACCEPT}", {"token": tokens[0]})] * 2)

    assert sorted(answer.status_code for answer in same) == [200, 400]
    assert members(owner.organization) == [(owner.user.email, "owner"), (stranger.user.email, "member")]


@pytest.mark.parametrize("_round", range(3))
def test_two_invitations_accepted_at_once_by_one_user_are_one_membership(race, call, owner, stranger, _round):
    tokens = [invited(owner), invited(owner, "other@example.com")]

    answers = race(*[lambda t=t: call(stranger).post(f"/api/v1{ACCEPT}", {"token": t}) for t in tokens])

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(members(owner.organization)) == 2


@pytest.mark.parametrize("_round", range(3))
def test_invitation_is_accepted_or_revoked_never_both(race, call, owner, _round):
    token = invited(owner)
    path = f"/api/v1/invitations/{Invitation.objects.get().pk}"

    accepted, revoked = race(lambda: accept_as_new(token), lambda: call(owner).delete(path))

    assert (accepted.status_code, revoked.status_code) in [(200, 404), (200, 409), (400, 204)]
    assert len(members(owner.organization)) == (2 if accepted.status_code == 200 else 1)


def test_invitation_by_a_removed_member_stays_good(call, owner, admin):
    token = invited(admin)
    MembershipFactory(organization=owner.organization, role=Role.OWNER)
    call(owner).delete(f"/api/v1/members/{admin.pk}")

    assert accept_as_new(token).status_code == 200
