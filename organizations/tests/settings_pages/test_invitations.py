"""Inviting by page: many at once, the link shown once; sending again, revoking."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from organizations.actions import accept_invitation, invite
from organizations.models import Invitation, Membership
from organizations.settings_forms import AT_ONCE
from organizations.tests.factories import UserFactory

ADMINISTRATORS_ONLY = "Only an owner or an admin may change this."


def links(page):
    return re.findall(r'readonly value="([^"]*token=[\w-]+)"', page.html)


def invited():
    return list(Invitation.objects.order_by("email").values_list("email", "role"))


@pytest.fixture
def invitation(owner):
    return invite(email="max@example.com", role="manager", by=owner)[0]


def test_several_are_invited_at_once_each_with_a_link(at, admin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = at(admin).send("invitations/new/", emails="a@x.example\r\n B@x.example ,\n\na@x.example", role="manager")

    assert (page.status, invited()) == (200, [("a@x.example", "manager"), ("b@x.example", "manager")])
    assert [message.to for message in mail.outbox] == [["a@x.example"], ["b@x.example"]]
    assert [link in message.body for link, message in zip(links(page), mail.outbox, strict=True)] == [True, True]


def test_link_of_the_page_is_a_place(at, owner):
    (link,) = links(at(owner).send("invitations/new/", emails="max@example.com", role="member"))
    user = UserFactory(email="max@example.com")

    accept_invitation(token=link.partition("token=")[2], user=user, knowingly=True)

    assert Membership.objects.get(user=user).organization == owner.organization


def test_link_is_shown_only_once(at, owner):
    reader = at(owner)
    reader.send("invitations/new/", emails="max@example.com", role="member")

    assert "token=" not in reader.read("members/").html


def test_address_with_a_name_is_understood(at, owner):
    at(owner).send("invitations/new/", emails="Max Member <max@example.com>", role="member")

    assert invited() == [("max@example.com", "member")]


def test_each_has_its_own_outcome(at, owner, member):
    emails = f"max@example.com\nnonsense\n{member.user.email}"

    page = at(owner).send("invitations/new/", emails=emails, role="member")

    assert (page.status, len(links(page)), invited()) == (422, 1, [("max@example.com", "member")])
    assert page.reasons == [
        "nonsense: Enter a valid email address.",
        f"{member.user.email}: This person is a member already.",
    ]
    assert page.all("<textarea[^>]*>(.*?)</textarea>") == [f"nonsense\n{member.user.email}"]


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"role": "member"}, {"emails": "This field is required."}),
        ({"emails": " ,\n", "role": "member"}, {"emails": "This field is required."}),
        (
            {"emails": "a@x.example", "role": "king"},
            {"role": "Select a valid choice. king is not one of the available choices."},
        ),
        (
            {"emails": "\n".join(f"a{number}@x.example" for number in range(AT_ONCE + 1)), "role": "member"},
            {"emails": f"Invite at most {AT_ONCE} people at once."},
        ),
    ],
)
def test_refusal_is_shown_at_its_field_and_invites_nobody(at, owner, sent, errors):
    page = at(owner).send("invitations/new/", **sent)

    assert (page.errors, invited()) == ((422, errors), [])


def test_only_an_owner_invites_an_owner(at, admin):
    shown = at(admin).read("invitations/new/")
    page = at(admin).send("invitations/new/", emails="max@example.com", role="owner")

    assert shown.all("<option[^>]*>(.*?)</option>") == ["Admin", "Manager", "Member"]
    assert "Only an owner may invite an owner." in shown.html
    assert page.reasons == ["max@example.com: Only an owner may invite an owner."]


@pytest.mark.parametrize("role", ["manager", "member"])
def test_others_are_told_who_may_and_invite_nobody_anyway(at, request, role):
    by = request.getfixturevalue(role)

    shown = at(by).read("invitations/new/")
    sent = at(by).send("invitations/new/", emails="max@example.com", role="member")

    assert (shown.fields, shown.all('class="banner">(.*?)</p>')) == ([], [ADMINISTRATORS_ONLY])
    assert (sent.status, sent.reasons, invited()) == (422, [f"max@example.com: {ADMINISTRATORS_ONLY}"], [])


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=6, hours=23), "Expires in 7 days"),
        (timedelta(days=2, hours=1), "Expires in 3 days"),
        (timedelta(minutes=5), "Expires in 1 day"),
        (timedelta(minutes=-5), "Expired"),
    ],
)
def test_expiry_is_told_in_words_to_everybody(at, member, invitation, left, words):
    Invitation.objects.update(expires_at=timezone.now() + left)

    page = at(member).read("members/")

    assert page.all(r'class="badge(?: bad)?">(Exp.*?)</span>') == [words]
    assert page.all('<span class="sub">(Invited by .*?),') == ["Invited by Olga Owner"]


def test_accepted_and_foreign_invitations_are_not_listed(at, owner, stranger, invitation):
    invite(email="other@example.com", role="member", by=stranger)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())

    assert "Nobody is invited at the moment." in at(owner).read("members/").html


def test_sending_again_makes_the_earlier_link_void(at, admin, invitation):
    page = at(admin).send(f"invitations/{invitation.pk}/send/")

    again = Invitation.objects.get()
    assert (page.status, len(links(page)), again.pk == invitation.pk) == (200, 1, False)
    assert (again.email, again.role, again.invited_by) == ("max@example.com", "manager", admin.user)


def test_revoking(at, admin, invitation):
    reader = at(admin)

    page = reader.send(f"invitations/{invitation.pk}/revoke/")

    assert (page.url, invited()) == (f"{reader.place}members/", [])
    assert reader.read("members/").toasts == ["Revoked the invitation of max@example.com"]


@pytest.mark.parametrize("role", ["manager", "member"])
@pytest.mark.parametrize("verb", ["send", "revoke"])
def test_others_have_no_buttons_and_are_refused(at, request, role, verb, invitation):
    reader = at(request.getfixturevalue(role))

    page = reader.send(f"invitations/{invitation.pk}/{verb}/")

    assert "Revoke" not in reader.read("members/").html
    assert (page.status, page.reasons, Invitation.objects.get()) == (422, [ADMINISTRATORS_ONLY], invitation)


@pytest.mark.parametrize("count", [1, 20])
def test_list_asks_the_database_as_often_for_many_invitations(at, owner, count, django_assert_num_queries):
    for number in range(count):
        invite(email=f"a{number}@x.example", role="member", by=owner)
    reader = at(owner)

    with django_assert_num_queries(6):
        reader.read("members/")
