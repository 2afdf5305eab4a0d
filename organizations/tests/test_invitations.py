"""Invitations: offering a place, showing its token once, revoking it."""

import re

import pytest

from organizations.actions import invite
from organizations.models import Invitation
from organizations.roles import Role
from organizations.tests.answers import post, refusal
from organizations.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

INVITATIONS = "/api/v1/invitations"
ACCEPT = "/invitations/accept"
GONE = (400, [("/token", "invitation_invalid")])


def instant(moment):
    return moment.isoformat().replace("+00:00", "Z")


def invited(owner, email="max@example.com", role=Role.MEMBER):
    """The token of a new invitation."""
    return invite(email=email, role=role, by=owner)[1]


def accept_as_new(token, name="Max", password=PASSWORD):
    return post(ACCEPT, {"token": token, "name": name, "password": password})


# Inviting


def test_answer_of_an_invitation(call, owner):
    answer = call(owner).post(INVITATIONS, {"email": " Max@Example.com ", "role": "manager"})

    invitation = Invitation.objects.get()
    body = answer.json()
    assert answer.status_code == 201
    assert answer["Location"] == f"http://testserver{INVITATIONS}/{invitation.pk}"
    assert body["accept_url"] == f"http://127.0.0.1:8000/invitations/accept?token={body['token']}"
    assert {name: body[name] for name in body.keys() - {"token", "accept_url"}} == {
        "id": invitation.pk,
        "email": "max@example.com",
        "role": "manager",
        "expires_at": instant(invitation.expires_at),
        "created_at": instant(invitation.created_at),
        "version": 1,
    }


def test_role_is_member_unless_it_is_named(call, owner):
    assert call(owner).post(INVITATIONS, {"email": "max@example.com"}).json()["role"] == "member"


def test_token_is_shown_once_and_stored_nowhere(call, owner):
    token = call(owner).post(INVITATIONS, {"email": "max@example.com"}).json()["token"]

    invitation = Invitation.objects.get()
    seen = call(owner).get(f"{INVITATIONS}/{invitation.pk}").json()
    assert seen.keys() == {"id", "email", "role", "expires_at", "created_at", "version"}
    assert call(owner).get(INVITATIONS).json()["results"] == [seen]
    assert token not in str(Invitation.objects.values().get())


def test_invitation_is_mailed(call, owner, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        body = call(owner).post(INVITATIONS, {"email": "max@example.com"}).json()

    [mail] = mailoutbox
    assert mail.to == ["max@example.com"]
    assert mail.subject == f"You are invited to {owner.organization.name}"
    assert re.search(r"https?://\S+", mail.body)[0] == body["accept_url"]


def test_mail_that_fails_does_not_cost_the_invitation(call, owner, monkeypatch, django_capture_on_commit_callbacks):
    def fail(**_):
        raise OSError("no route to the mail server")

    monkeypatch.setattr("organizations.actions.send_mail", fail)

    with django_capture_on_commit_callbacks(execute=True):
        answer = call(owner).post(INVITATIONS, {"email": "max@example.com"})

    assert answer.status_code == 201


def test_refused_invitation_is_not_mailed(call, manager, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call(manager).post(INVITATIONS, {"email": "max@example.com"})

    assert mailoutbox == []


def test_member_is_not_invited_again(call, owner, member):
    answer = call(owner).post(INVITATIONS, {"email": member.user.email.upper()})

    assert refusal(answer) == (409, "already_member")
    assert not Invitation.objects.exists()


def test_user_of_another_organization_is_invited(call, owner, stranger):
    assert call(owner).post(INVITATIONS, {"email": stranger.user.email}).status_code == 201


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("/email", "required")]),
        ({"email": "max"}, [("/email", "invalid")]),
        ({"email": ""}, [("/email", "blank")]),
        ({"email": "max\x00@example.com"}, [("/email", "control_characters")]),
        ({"email": "max@example.com", "role": "boss"}, [("/role", "invalid_choice")]),
        ({"email": "max@example.com", "role": None}, [("/role", "null")]),
        ({"email": "max@example.com", "token": "mine"}, [("/token", "read_only_field")]),
        ({"email": "max@example.com", "expires_at": "2099-01-01"}, [("/expires_at", "read_only_field")]),
        ({"email": "max@example.com", "accepted_at": None}, [("/accepted_at", "unknown_field")]),
        ({"email": "max", "role": "x"}, [("/email", "invalid"), ("/role", "invalid_choice")]),
    ],
)
def test_wrong_invitation_is_named(call, owner, body, errors):
    assert refusal(call(owner).post(INVITATIONS, body)) == (400, errors)
    assert not Invitation.objects.exists()


def test_new_invitation_of_an_address_replaces_the_earlier(owner):
    earlier = invited(owner)
    later = invited(owner, "MAX@example.com", Role.ADMIN)

    assert refusal(accept_as_new(earlier)) == GONE
    assert accept_as_new(later).json()["membership"]["role"] == "admin"


def test_open_invitations_are_listed_newest_first(call, owner, member, stranger):
    accept_as_new(invited(owner, "accepted@example.com"))
    invited(stranger, "foreign@example.com")
    invited(owner, "one@example.com")
    invited(owner, "two@example.com")

    answer = call(member).get(INVITATIONS).json()

    assert answer["count"] == 2
    assert [invitation["email"] for invitation in answer["results"]] == ["two@example.com", "one@example.com"]


@pytest.mark.parametrize("rows", [1, 30])
def test_list_costs_two_queries(call, owner, rows, django_assert_num_queries):
    for number in range(rows):
        invited(owner, f"guest{number}@example.com")
    caller = call(owner)

    with django_assert_num_queries(2):
        assert len(caller.get(f"{INVITATIONS}?page_size=100").json()["results"]) == rows


# Revoking


def test_revoked_invitation_is_gone(call, owner):
    token = invited(owner)
    answer = call(owner).delete(f"{INVITATIONS}/{Invitation.objects.get().pk}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert refusal(accept_as_new(token)) == GONE


@pytest.mark.parametrize("method", ["get", "delete"])
def test_invitations_of_others_are_not_there(call, owner, stranger, method):
    invited(stranger)

    answer = getattr(call(owner), method)(f"{INVITATIONS}/{Invitation.objects.get().pk}")

    assert refusal(answer) == (404, "not_found")
    assert Invitation.objects.exists()


def test_accepted_invitation_is_not_revoked(call, owner):
    accept_as_new(invited(owner))

    assert refusal(call(owner).delete(f"{INVITATIONS}/{Invitation.objects.get().pk}")) == (404, "not_found")


def test_invitation_is_not_changed(call, owner):
    invited(owner)

    answer = call(owner).patch(f"{INVITATIONS}/{Invitation.objects.get().pk}", {"role": "owner"})

    assert refusal(answer) == (405, "method_not_allowed")
