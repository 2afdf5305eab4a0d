"""An e-mail address is proved by the link that was mailed to it, and unproved as soon as it changes."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from organizations.actions import accept_invitation, accept_invitation_as_new, invite, register
from organizations.addresses import confirm_url
from organizations.models import User
from organizations.roles import Role
from organizations.tests.answers import post
from organizations.tests.factories import PASSWORD, UserFactory
from organizations.tests.pages import Page

pytestmark = pytest.mark.django_db

ACCOUNT = "settings/account/"
OLGA = {"email": "olga@example.com", "password": PASSWORD, "name": "Olga", "organization_name": "Nordlicht"}
OVER = (410, "This link does not work any more")


@pytest.fixture
def mailed(django_capture_on_commit_callbacks):
    """`mailed(act)` is the path of the link in the last mail that the act sends."""

    def run(act):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]

    return run


def link(user, email=None):
    return confirm_url(user, email or user.email).removeprefix("http://127.0.0.1:8000")


def follow(client, path):
    return Page(client.get(path)), Page(client.post(path))


def test_whoever_signs_up_gets_a_link_and_is_not_kept_waiting(client, mailed):
    path = mailed(lambda: client.post("/sign-up/", OLGA))

    assert (mail.outbox[0].to, mail.outbox[0].subject) == (["olga@example.com"], "Confirm your e-mail address")
    assert path.startswith("/email/confirm?key=")
    assert client.get("/").status_code == 302
    assert not User.objects.get().has_verified_email


def test_whoever_registers_by_api_gets_a_link_too(mailed):
    path = mailed(lambda: post("/auth/register", OLGA))

    assert path.startswith("/email/confirm?key=")


def test_link_confirms_the_address_when_the_button_is_pressed(client, mailed):
    path = mailed(lambda: register(**OLGA))

    shown = Page(client.get(path))
    assert (shown.heading, "You sign in with olga@example.com." in shown.html) == ("Confirm your e-mail address", True)
    assert not User.objects.get().has_verified_email
    assert client.post(path).url == "/"
    assert User.objects.get().has_verified_email


def test_confirmed_link_may_be_followed_again(client):
    user = UserFactory()
    follow(client, link(user))

    assert follow(client, link(user))[1].status == 302


@pytest.mark.parametrize("key", ["", "x", "WzEsImEiLCJiIl0:1x:sig"])
def test_forged_link_is_over(client, key):
    shown, done = follow(client, f"/email/confirm?key={key}")

    assert ((shown.status, shown.heading), (done.status, done.heading)) == (OVER, OVER)


@pytest.mark.parametrize("change", ["old", "address changed", "inactive", "gone"])
def test_link_that_is_over_changes_nothing(client, change):
    user = UserFactory(email="olga@example.com")
    path = link(user)
    if change == "address changed":
        User.objects.update(email="other@example.com")
    if change == "inactive":
        User.objects.update(is_active=False)
    if change == "gone":
        user.delete()

    with time_machine.travel(timezone.now() + timedelta(days=4 if change == "old" else 0), tick=False):
        shown, done = follow(client, path)

    assert ((shown.status, shown.heading), (done.status, done.heading)) == (OVER, OVER)
    assert not User.objects.exclude(verified_email="").exists()


def test_changed_address_is_unproved_whoever_changes_it(client):
    user = UserFactory()
    follow(client, link(user))
    user.refresh_from_db()
    user.email = "other@example.com"
    user.save()

    assert not User.objects.get().has_verified_email


def test_accepting_by_the_mailed_token_proves_the_address(owner, stranger):
    as_new = invite(email="nina@example.com", role=Role.MEMBER, by=owner)[1]
    as_user = invite(email=stranger.user.email, role=Role.MEMBER, by=owner)[1]

    nina = accept_invitation_as_new(token=as_new, name="Nina", password=PASSWORD).user
    accept_invitation(token=as_user, user=stranger.user, knowingly=False)

    assert (nina.has_verified_email, stranger.user.has_verified_email) == (True, True)


def test_accepting_as_somebody_else_proves_nothing(owner, stranger):
    token = invite(email="nina@example.com", role=Role.MEMBER, by=owner)[1]

    accept_invitation(token=token, user=stranger.user, knowingly=True)

    assert not User.objects.get(pk=stranger.user_id).has_verified_email


def test_password_reset_by_mail_proves_the_address(client):
    user = UserFactory(email="olga@example.com")
    client.post("/password/", {"email": user.email})
    form = client.get(re.search(r"https?://[^/]+(/password/\S+)", mail.outbox[0].body)[1])

    client.post(form.url, {"password1": "another horse battery", "password2": "another horse battery"})

    assert User.objects.get().has_verified_email


def test_page_asks_until_the_address_is_confirmed(at, member):
    reader = at(member)
    assert "Not confirmed" in reader.read(ACCOUNT).html

    follow(reader, link(member.user))

    page = reader.read(ACCOUNT)
    assert ("Not confirmed" in page.html, "Send the link again" in page.html) == (False, False)
    assert page.toasts == [f"{member.user.email} is confirmed"]


def test_link_is_sent_again(at, member, mailed):
    reader = at(member)

    path = mailed(lambda: reader.send(f"{ACCOUNT}email/link/"))

    assert (mail.outbox[-1].to, path[:19]) == ([member.user.email], "/email/confirm?key=")


def ask(reader, email="new@example.com", password=PASSWORD):
    return reader.send(f"{ACCOUNT}email/", email=email, current_password=password)


def test_address_changes_when_the_link_to_the_new_one_is_followed(at, client, member, mailed):
    before = member.user.email
    path = mailed(lambda: ask(at(member), " New@Example.com "))
    assert (mail.outbox[-1].to, User.objects.get(pk=member.user_id).email) == (["new@example.com"], before)

    follow(client, path)

    user = User.objects.get(pk=member.user_id)
    assert (user.email, user.has_verified_email) == ("new@example.com", True)
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == ([before], "Your e-mail address is changed")
    assert EmailAddress.objects.count() == 0


@pytest.mark.parametrize(
    ("email", "password", "errors"),
    [
        ("taken@example.com", PASSWORD, {"email": "This e-mail address has an account. Sign in instead."}),
        ("new@", PASSWORD, {"email": "Enter a valid email address."}),
        ("new@example.com", "wrong", {"current_password": "This is not your password."}),
    ],
)
def test_refused_change_mails_nothing(at, member, email, password, errors):
    UserFactory(email="taken@example.com")

    page = ask(at(member), email, password)

    assert ({name: said for name, said in page.errors[1].items() if name}, page.status) == (errors, 422)
    assert mail.outbox == []


def test_address_that_is_ones_own_already_is_refused(at, member):
    page = ask(at(member), member.user.email.upper())

    assert page.errors[1]["email"] == "This is your address already."


def test_address_that_became_somebody_elses_meanwhile_stays_theirs(at, client, member, mailed):
    path = mailed(lambda: ask(at(member)))
    UserFactory(email="new@example.com")

    assert follow(client, path)[1].status == 410
    assert User.objects.get(pk=member.user_id).email == member.user.email
