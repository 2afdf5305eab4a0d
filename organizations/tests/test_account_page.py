"""My account: name, language, time zone, theme, a new password; the same for every role, and only one's own."""

import pytest

from organizations.models import User
from organizations.tests.factories import PASSWORD, MembershipFactory
from organizations.tokens import issue

pytestmark = pytest.mark.django_db

ACCOUNT = "settings/account/"
MAX = {"name": "Max", "locale": "en", "time_zone": "Europe/Berlin", "keyboard_shortcuts": "on"}
NEW = "battery staple horse"


def saved(membership):
    return User.objects.get(pk=membership.user_id)


def test_page_shows_what_is_stored(at, member):
    page = at(member).read(ACCOUNT)

    assert (page.status, page.heading, page.fields) == (200, "Settings", ["name", "locale", "time_zone"])
    assert 'name="name" value="Max Member"' in page.html


def test_what_one_says_of_oneself_is_saved(at, member):
    reader = at(member)

    page = reader.send(ACCOUNT, name=" Макс ", locale="en", time_zone="Asia/Almaty")

    assert page.url == f"/o/{member.organization.slug}/{ACCOUNT}"
    user = saved(member)
    assert (user.name, user.time_zone, user.keyboard_shortcuts) == ("Макс", "Asia/Almaty", False)
    assert reader.read(ACCOUNT).toasts == ["Saved your account"]


def test_language_is_spoken_at_once(at, member):
    reader = at(member)

    reader.send(ACCOUNT, **{**MAX, "locale": "ru"})

    assert '<html lang="ru">' in reader.read(ACCOUNT).html


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"name": " "}, {"name": "This field is required."}),
        ({"name": "M\x07"}, {"name": "Remove the control characters from this text."}),
        ({"locale": "tlh"}, {"locale": "Select a valid choice. tlh is not one of the available choices."}),
        ({"time_zone": "Berlin"}, {"time_zone": "Write a time zone of the IANA list, like Europe/Berlin."}),
        ({"time_zone": "x" * 65}, {"time_zone": "Ensure this value has at most 64 characters (it has 65)."}),
    ],
)
def test_refusal_is_shown_at_its_field_and_changes_nothing(at, member, changes, errors):
    page = at(member).send(ACCOUNT, **{**MAX, **changes})

    assert (page.errors[0], {field: said for field, said in page.errors[1].items() if field}) == (422, errors)
    assert User.objects.filter(name="Max Member", locale="en", time_zone="UTC", keyboard_shortcuts=True).get() == saved(
        member
    )


def test_nobody_changes_their_address_rights_or_somebody_else(at, member, owner):
    at(member).send(ACCOUNT, **MAX, email="evil@example.com", is_staff="on", id=owner.user_id)

    user = saved(member)
    assert (user.email, user.is_staff, saved(owner).name) == (member.user.email, False, "Olga Owner")


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_theme_is_kept_without_script(at, member, theme):
    reader = at(member)

    reader.send(f"{ACCOUNT}theme/", theme=theme)

    assert reader.cookies["theme"].value == theme
    assert reader.read(ACCOUNT).all('name="theme" value="([a-z]+)" aria-pressed="true"') == [theme]


def test_unknown_theme_is_no_theme(at, member):
    reader = at(member)

    reader.send(f"{ACCOUNT}theme/", theme='"><script>')

    assert "theme" not in reader.cookies


def change(reader, current=PASSWORD, new=NEW):
    return reader.send(f"{ACCOUNT}password/", current_password=current, new_password=new)


def test_changed_password_ends_every_other_sign_in_but_not_this_one(at, member):
    here, there = at(member), at(member)
    issue(member.user)

    page = change(here)

    assert page.url == f"/o/{member.organization.slug}/{ACCOUNT}"
    assert saved(member).check_password(NEW)
    assert (here.read(ACCOUNT).status, there.read(ACCOUNT).status, member.user.logins.count()) == (200, 302, 0)


@pytest.mark.parametrize(
    ("current", "new", "errors"),
    [
        ("wrong", NEW, {"current_password": "This is not your password."}),
        (
            PASSWORD,
            "short",
            {"new_password": "This password is too short. It must contain at least 10 characters."},
        ),
        ("", "", {"current_password": "This field is required.", "new_password": "This field is required."}),
    ],
)
def test_refused_password_changes_nothing(at, member, current, new, errors):
    page = change(at(member), current, new)

    assert (page.status, {field: said for field, said in page.errors[1].items() if field}) == (422, errors)
    assert saved(member).check_password(PASSWORD)


def test_password_is_not_guessed_forever(at, member):
    reader = at(member)

    assert [change(reader, "wrong").status for _ in range(6)] == [422] * 5 + [429]


@pytest.mark.parametrize("path", ["", "password/"])
def test_pages_cost_the_same_however_much_there_is(at, member, path, django_assert_max_num_queries):
    MembershipFactory.create_batch(3, user=member.user)
    for _ in range(5):
        issue(member.user)
    reader = at(member)

    with django_assert_max_num_queries(10):
        reader.read(ACCOUNT + path)


def test_account_of_another_organization_is_not_there(at, member, stranger):
    reader = at(stranger)

    assert reader.get(f"/o/{member.organization.slug}/{ACCOUNT}").status_code == 404
