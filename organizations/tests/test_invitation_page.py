"""The page that the mailed link of an invitation leads to: as a newcomer, as oneself, as somebody else, too late."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from organizations.actions import accept_url, invite
from organizations.models import Invitation, Membership, User
from organizations.roles import Role
from organizations.tests.factories import PASSWORD, UserFactory
from organizations.tests.pages import Page

pytestmark = pytest.mark.django_db

NEWCOMER = {"name": "Nina", "password": PASSWORD}


@pytest.fixture
def token(owner):
    return invite(email="nina@example.com", role=Role.MANAGER, by=owner)[1]


def address(token):
    return f"/invitations/accept?token={token}"


def read(client, token):
    return Page(client.get(address(token)))


def accept(client, token, **values):
    return Page(client.post(address(token), values))


def members(organization):
    found = Membership.objects.filter(organization=organization).order_by("pk")
    return list(found.values_list("user__email", "role"))


def signed_in(client):
    user_id = client.session.get("_auth_user_id")
    return user_id and User.objects.get(pk=user_id).email


def test_mailed_link_leads_to_the_page(owner, django_capture_on_commit_callbacks, settings):
    with django_capture_on_commit_callbacks(execute=True):
        token = invite(email="nina@example.com", role=Role.MEMBER, by=owner)[1]

    assert settings.SITE_URL + address(token) == accept_url(token)
    assert accept_url(token) in mail.outbox[0].body


def test_newcomer_sees_who_invites_where_to_and_is_not_asked_for_an_address(client, owner, token):
    page = read(client, token)

    assert (page.status, page.heading) == (200, f"Join {owner.organization}")
    assert "Olga Owner invites you. Your role: Manager." in page.html
    assert page.fields == ["email", "name", "password"]
    assert 'value="nina@example.com" autocomplete="username" disabled' in page.html


def test_newcomer_is_a_member_and_signed_in(client, owner, token):
    page = accept(client, token, **NEWCOMER)

    assert (page.status, page.url) == (302, f"/o/{owner.organization.slug}/")
    assert members(owner.organization) == [(owner.user.email, "owner"), ("nina@example.com", "manager")]
    assert signed_in(client) == "nina@example.com"


def test_address_of_a_newcomer_is_that_of_the_invitation_whatever_is_sent(client, owner, token):
    accept(client, token, **NEWCOMER, email="evil@example.com")

    assert members(owner.organization)[1] == ("nina@example.com", "manager")


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"name": " "}, {"name": "This field is required."}),
        ({"name": "N\x07"}, {"name": "Remove the control characters from this text."}),
        ({"password": "nina@example"}, {"password": "The password is too similar to the e-mail."}),
    ],
)
def test_refusal_is_shown_at_its_field_and_leaves_the_place_open(client, token, changes, errors):
    assert accept(client, token, **{**NEWCOMER, **changes}).errors == (422, errors)
    assert (User.objects.filter(email="nina@example.com").count(), Invitation.objects.get().is_open) == (0, True)


def test_whoever_has_an_account_signs_in_first_and_comes_back(client, token):
    UserFactory(email="nina@example.com")
    page = read(client, token)

    assert "nina@example.com has an account. Sign in with it to accept." in page.html
    assert f'href="/sign-in/?next=%2Finvitations%2Faccept%3Ftoken%3D{token}"' in page.html
    back = client.post(f"/sign-in/?next=%2Finvitations%2Faccept%3Ftoken%3D{token}", sign_in_as_nina())
    assert back.url == address(token)


def sign_in_as_nina():
    return {"login": "nina@example.com", "password": PASSWORD}


def test_nobody_makes_a_second_account_of_an_address(client, owner, token):
    nina = UserFactory(email="nina@example.com")

    assert accept(client, token, **NEWCOMER).status == 422
    assert (nina.memberships.count(), signed_in(client)) == (0, None)


def test_invited_user_accepts_with_one_button(client, owner, token):
    client.force_login(UserFactory(email="nina@example.com"))

    assert read(client, token).fields == []
    assert accept(client, token).url == f"/o/{owner.organization.slug}/"
    assert members(owner.organization)[1] == ("nina@example.com", "manager")


def test_somebody_else_is_asked_first(client, owner, token, stranger):
    client.force_login(stranger.user)

    page = read(client, token)

    assert f"You are signed in as {stranger.user.email}; this invitation is for nina@example.com." in page.html
    refused = accept(client, token)
    assert (refused.status, refused.reasons) == (
        422,
        ["This invitation was sent to another address than yours. Confirm that you want to accept it."],
    )
    assert members(owner.organization) == [(owner.user.email, "owner")]


def test_somebody_else_accepts_knowingly(client, owner, token, stranger):
    client.force_login(stranger.user)

    accept(client, token, knowingly="on")

    assert members(owner.organization)[1] == (stranger.user.email, "manager")


def test_somebody_else_signs_out_and_goes_on(client, token, stranger):
    client.force_login(stranger.user)

    back = client.post("/sign-out/", {"next": address(token)})

    assert (back.url, signed_in(client)) == (address(token), None)


def test_member_takes_no_second_place(client, owner, token):
    client.force_login(owner.user)

    assert accept(client, token, knowingly="on").reasons == ["This person is a member already."]
    assert Invitation.objects.get().is_open


GONE = (410, "This invitation does not work any more")


@pytest.mark.parametrize("values", [None, NEWCOMER])
@pytest.mark.parametrize("end", ["used", "revoked", "expired", "never given", "empty"])
def test_invitation_that_is_over_says_what_to_do(client, owner, token, end, values):
    if end == "used":
        accept(client, token, **NEWCOMER)
        client.logout()
    if end == "revoked":
        Invitation.objects.get().delete_by(owner)
    token = {"never given": "x" * 43, "empty": ""}.get(end, token)
    later = timezone.now() + timedelta(days=8 if end == "expired" else 0)

    with time_machine.travel(later, tick=False):
        page = accept(client, token, **values) if values else read(client, token)

    assert (page.status, page.heading) == GONE


def test_token_is_told_to_no_other_site_and_kept_by_no_cache(client, token):
    response = client.get(address(token))

    assert (response["Referrer-Policy"], "no-store" in response["Cache-Control"]) == ("same-origin", True)
