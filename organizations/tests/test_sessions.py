"""Where one is signed in: browsers and programs, each ended from another one, and only by whose they are."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from organizations.models import User
from organizations.tests.factories import PASSWORD
from organizations.tokens import InvalidToken, issue, refresh
from organizations.user_agents import guess
from organizations.users import BrowserSession

pytestmark = pytest.mark.django_db

SESSIONS = "settings/account/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36"
)


def sign_in(client, membership, **headers):
    client.post("/sign-in/", {"login": membership.user.email, "password": PASSWORD}, headers=headers)
    return BrowserSession.objects.get(session=client.session.session_key)


def names(page):
    return page.all(r'<p class="strong">(.*?)</p>')


def is_signed_in(reader):
    return reader.read("settings/account/").status == 200


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        (WINDOWS, ("Chrome", "Windows")),
        (f"{WINDOWS} Edg/140.0", ("Edge", "Windows")),
        (f"{WINDOWS} OPR/120.0", ("Opera", "Windows")),
        (MAC, ("Safari", "macOS")),
        (IPHONE, ("Chrome", "iPhone")),
        (ANDROID, ("Samsung Internet", "Android")),
        ("curl/8.5.0", ("", "")),
        ("", ("", "")),
    ],
)
def test_browser_and_system_are_guessed(user_agent, words):
    assert guess(user_agent) == words


def test_sign_in_is_noted_with_its_browser_and_address(client, member):
    noted = sign_in(client, member, user_agent=FIREFOX)

    assert (noted.user, noted.user_agent, noted.address) == (member.user, FIREFOX, "127.0.0.1")


def test_hostile_browser_name_is_cut_and_shown_as_text(client, at, member):
    sign_in(client, member, user_agent="\x07Firefox/<b>" + "x" * 400)

    assert BrowserSession.objects.filter(user=member.user).get().user_agent == ("Firefox/<b>" + "x" * 400)[:300]


def test_browsers_are_listed_and_this_one_is_marked(client, at, member):
    sign_in(client, member, user_agent=FIREFOX)

    page = at(member).read(SESSIONS)

    assert (page.status, sorted(names(page))) == (200, ["Firefox on Linux", "Unknown browser"])
    assert page.all(r'<span class="badge good">(.*?)</span>') == ["This browser"]
    assert re.findall(r'name="browser" value="(\d+)"', page.html) == [str(BrowserSession.objects.first().pk)]


def test_nobody_elses_are_listed(at, member, owner):
    at(owner)
    issue(owner.user)

    assert names(at(member).read(SESSIONS)) == ["Unknown browser"]


def test_browser_is_signed_out_from_another_one(at, member):
    here, there = at(member), at(member)
    other = BrowserSession.objects.get(session=there.session.session_key)

    page = here.send(SESSIONS, browser=other.pk)

    assert page.url == f"/o/{member.organization.slug}/{SESSIONS}"
    assert here.read(SESSIONS).toasts == ["Signed out there"]
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert not Session.objects.filter(pk=other.session_id).exists()


def test_program_is_signed_out(at, member):
    tokens = issue(member.user)

    reader = at(member)
    reader.send(SESSIONS, program=member.user.logins.get().pk)

    assert reader.read(SESSIONS).toasts == ["Signed the program out"]
    with pytest.raises(InvalidToken):
        refresh(tokens["refresh_token"])


def test_everything_else_is_signed_out_at_once(at, member, owner):
    here, there, somebody = at(member), at(member), at(owner)
    issue(member.user)
    issue(owner.user)

    here.send(SESSIONS)

    assert [is_signed_in(reader) for reader in (here, there, somebody)] == [True, False, True]
    assert (member.user.logins.count(), owner.user.logins.count()) == (0, 1)


@pytest.mark.parametrize("name", ["browser", "program"])
@pytest.mark.parametrize("number", ["theirs", "0", "-1", "x", "", "9" * 30])
def test_nobody_ends_what_is_not_theirs(at, member, owner, name, number):
    there = at(owner)
    issue(owner.user)
    theirs = {"browser": owner.user.browsers, "program": owner.user.logins}[name].get().pk

    page = at(member).send(SESSIONS, **{name: theirs if number == "theirs" else number})

    assert (page.status, is_signed_in(there), owner.user.logins.count()) == (404, True, 1)


def test_browser_in_use_is_noted_again_after_ten_minutes(at, member, monkeypatch, django_assert_num_queries):
    reader = at(member)
    reader.read(SESSIONS)
    before = BrowserSession.objects.get()
    with django_assert_num_queries(6):
        reader.read(SESSIONS)
    assert BrowserSession.objects.get().seen_at == before.seen_at

    monkeypatch.setattr("organizations.browsers.AGAIN", -1)
    reader.get(reader.place + SESSIONS, headers={"user-agent": FIREFOX})

    after = BrowserSession.objects.get()
    assert (after.seen_at > before.seen_at, after.created_at, after.user_agent) == (True, before.created_at, FIREFOX)


def test_session_of_before_the_list_is_noted_at_its_next_page(at, member):
    reader = at(member)
    BrowserSession.objects.all().delete()
    session = reader.session
    del session["noted"]
    session.save()

    assert names(reader.read(SESSIONS)) == []
    assert names(reader.read(SESSIONS)) == ["Unknown browser"]


def test_list_takes_as_many_questions_for_many(at, member, django_assert_num_queries):
    reader = at(member)
    for _ in range(5):
        at(member)
        issue(member.user)

    with django_assert_num_queries(6):
        reader.read(SESSIONS)


def test_new_password_ends_all_others_and_keeps_this_one(at, member):
    here, there = at(member), at(member)
    since = BrowserSession.objects.get(session=here.session.session_key).created_at

    here.send("settings/account/password/", current_password=PASSWORD, new_password="battery staple horse")

    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    kept = BrowserSession.objects.get()
    assert (kept.session_id, kept.created_at) == (here.session.session_key, since)


def test_signing_out_and_what_has_expired_are_not_listed(at, member):
    gone, late, here = at(member), at(member), at(member)
    gone.post("/sign-out/")
    Session.objects.filter(pk=late.session.session_key).update(expire_date=timezone.now() - timedelta(days=1))
    issue(member.user)
    member.user.logins.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert names(here.read(SESSIONS)) == ["Unknown browser"]


def test_deactivated_user_is_signed_out_everywhere(at, desk, member):
    at(member)
    user = User.objects.get(pk=member.user_id)

    desk.post(
        f"/admin/organizations/user/{user.pk}/change/",
        {"email": user.email, "name": user.name, "locale": "en", "time_zone": "UTC"},
    )

    assert user.browsers.count() == 0
