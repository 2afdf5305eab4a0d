"""What users see and change of themselves, and how they change their password."""

import pytest

from organizations.tests.answers import post, refusal
from organizations.tests.factories import PASSWORD, UserFactory
from organizations.tokens import issue
from organizations.users import Login, User

pytestmark = pytest.mark.django_db

ME = "/api/v1/users/me"
NEW = "battery staple horse"


def change_password(caller, current=PASSWORD, new=NEW):
    return caller.post(f"{ME}/password", {"current_password": current, "new_password": new})


def test_answer_about_oneself(call, member):
    user = member.user

    assert call(member).get(ME).json() == {
        "id": user.pk,
        "email": user.email,
        "name": "Max Member",
        "locale": "en",
        "time_zone": "UTC",
        "keyboard_shortcuts": True,
        "created_at": user.created_at.isoformat().replace("+00:00", "Z"),
    }


def test_users_change_their_name_locale_and_time_zone(call, member):
    answer = call(member).patch(ME, {"name": " Макс ", "locale": "ru", "time_zone": "Europe/Berlin"})

    assert answer.status_code == 200
    assert [answer.json()[name] for name in ("name", "locale", "time_zone")] == ["Макс", "ru", "Europe/Berlin"]
    user = User.objects.get(pk=member.user_id)
    assert (user.name, user.locale, user.time_zone) == ("Макс", "ru", "Europe/Berlin")


def test_users_switch_the_single_keys_off(call, member):
    answer = call(member).patch(ME, {"keyboard_shortcuts": False})

    assert (answer.status_code, answer.json()["keyboard_shortcuts"]) == (200, False)
    assert User.objects.get(pk=member.user_id).keyboard_shortcuts is False


def test_what_is_not_sent_stays(call, member):
    call(member).patch(ME, {"locale": "ru"})
    answer = call(member).patch(ME, {})

    assert (answer.status_code, answer.json()["name"], answer.json()["locale"]) == (200, "Max Member", "ru")


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"name": " "}, [("/name", "blank")]),
        ({"name": None}, [("/name", "null")]),
        ({"name": "M\x7fx"}, [("/name", "control_characters")]),
        ({"name": "M" * 201}, [("/name", "max_length")]),
        ({"locale": "tlh"}, [("/locale", "invalid_choice")]),
        ({"locale": None}, [("/locale", "null")]),
        ({"time_zone": "Mars/Olympus"}, [("/time_zone", "time_zone_unknown")]),
        ({"time_zone": "europe/berlin"}, [("/time_zone", "time_zone_unknown")]),
        ({"time_zone": "localtime"}, [("/time_zone", "time_zone_unknown")]),
        ({"time_zone": "../etc/passwd"}, [("/time_zone", "time_zone_unknown")]),
        ({"time_zone": ""}, [("/time_zone", "blank")]),
        ({"keyboard_shortcuts": "perhaps"}, [("/keyboard_shortcuts", "invalid")]),
        ({"keyboard_shortcuts": None}, [("/keyboard_shortcuts", "null")]),
        ({"email": "new@example.com"}, [("/email", "read_only_field")]),
        ({"id": 1}, [("/id", "read_only_field")]),
        (
            {"is_staff": True, "is_superuser": True},
            [("/is_staff", "unknown_field"), ("/is_superuser", "unknown_field")],
        ),
        ({"password": NEW}, [("/password", "unknown_field")]),
        (
            {"name": "", "locale": "x", "time_zone": "x"},
            [("/locale", "invalid_choice"), ("/name", "blank"), ("/time_zone", "time_zone_unknown")],
        ),
        ([], [("", "invalid")]),
    ],
)
def test_wrong_change_is_named_and_changes_nothing(call, member, change, errors):
    before = User.objects.filter(pk=member.user_id).values().get()

    assert refusal(call(member).patch(ME, change)) == (400, errors)
    assert User.objects.filter(pk=member.user_id).values().get() == before


def test_unknown_parameter_is_refused(call, member):
    assert refusal(call(member).get(f"{ME}?fields=id")) == (400, [("/fields", "unknown_parameter")])


@pytest.mark.parametrize("method", ["put", "post", "delete"])
def test_other_methods_are_refused(call, member, method):
    assert refusal(getattr(call(member), method)(ME)) == (405, "method_not_allowed")


def test_password_is_changed(call, member):
    answer = change_password(call(member))

    assert (answer.status_code, answer.content) == (204, b"")
    login = {"email": member.user.email, "password": NEW}
    assert post("/auth/login", login).status_code == 200
    assert refusal(post("/auth/login", {**login, "password": PASSWORD})) == (401, "invalid_credentials")


def test_changed_password_ends_the_logins_of_this_user_only(call, member):
    issue(member.user)
    issue(UserFactory(email="other@example.com"))

    change_password(call(member))

    assert [login.user.email for login in Login.objects.all()] == ["other@example.com"]


@pytest.mark.parametrize(
    ("current", "new", "errors"),
    [
        ("wrong", NEW, [("/current_password", "wrong_password")]),
        (PASSWORD.title(), NEW, [("/current_password", "wrong_password")]),
        ("", NEW, [("/current_password", "blank")]),
        (PASSWORD, "", [("/new_password", "blank")]),
        (PASSWORD, "short", [("/new_password", "password_too_short")]),
        (PASSWORD, "73459821034", [("/new_password", "password_entirely_numeric")]),
        (PASSWORD, "max member", [("/new_password", "password_too_similar")]),
        (None, "short", [("/current_password", "null"), ("/new_password", "password_too_short")]),
        ("wrong", "max member", [("/current_password", "wrong_password"), ("/new_password", "password_too_similar")]),
    ],
)
def test_refused_password_changes_nothing(call, member, current, new, errors):
    issue(member.user)

    assert refusal(change_password(call(member), current, new)) == (400, errors)
    assert User.objects.get(pk=member.user_id).check_password(PASSWORD)
    assert Login.objects.count() == 1


def test_nobody_changes_a_password_without_a_token():
    answer = post("/users/me/password", {"current_password": PASSWORD, "new_password": NEW})

    assert refusal(answer) == (401, "not_authenticated")
