"""Signing in where a password alone is not enough: by page, by API, at the admin."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from organizations.tests.answers import post, refusal
from organizations.tests.factories import PASSWORD, UserFactory
from organizations.tests.second_factors import code_of, give_app, give_recovery_codes, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga():
    return UserFactory(email="olga@example.com")


@pytest.fixture
def secret(olga):
    return give_app(olga)


@pytest.fixture(autouse=True)
def _stopped_clock():
    """A code lives half a minute: the test must not begin in one and end in the next."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


def half_a_minute_later():
    return time_machine.travel(timezone.now() + timedelta(seconds=30), tick=False)


def signed_in(client):
    return client.session.get("_auth_user_id")


def sign_in(client, code=None, **more):
    answer = client.post("/sign-in/", {"login": "olga@example.com", "password": PASSWORD, **more})
    return answer if code is None else client.post(answer.url, {"code": code})


def log_in(**more):
    return post("/auth/login", {"email": "olga@example.com", "password": PASSWORD, **more})


def test_page_asks_for_the_code_after_the_password(client, secret):
    answer = sign_in(client)

    assert (answer.status_code, answer.url, signed_in(client)) == (302, "/sign-in/code/", None)
    assert "<h1>Second factor</h1>" in client.get(answer.url).content.decode()


def test_code_of_the_app_signs_in_by_page(client, olga, secret):
    assert (sign_in(client, code_of(secret)).url, signed_in(client)) == ("/", str(olga.pk))


def test_code_leads_to_where_one_wanted(client, secret):
    assert sign_in(client, code_of(secret), next="/o/nordlicht/contacts/").url == "/o/nordlicht/contacts/"


def test_recovery_code_signs_in_by_page_once(client, olga, secret):
    code = give_recovery_codes(olga)[0]
    sign_in(client, code)
    client.logout()

    assert (sign_in(client, code).status_code, signed_in(client)) == (422, None)


def test_wrong_code_is_told_at_its_field(client, secret):
    answer = sign_in(client, wrong(code_of(secret)))

    assert (answer.status_code, signed_in(client)) == (422, None)
    assert "This code is wrong, or was used already. Wait for the next one." in answer.content.decode()


def test_code_is_good_once_by_page(client, secret):
    sign_in(client, code_of(secret))
    client.logout()

    assert (sign_in(client, code_of(secret)).status_code, signed_in(client)) == (422, None)


def test_page_without_a_code_signs_nobody_in(client, secret):
    sign_in(client)

    assert (client.post("/sign-in/code/").status_code, signed_in(client)) == (422, None)


def test_code_alone_signs_nobody_in(client, secret):
    answer = client.post("/sign-in/code/", {"code": code_of(secret)})

    assert (answer.url, signed_in(client)) == ("/sign-in/", None)


def test_half_a_sign_in_opens_no_page(client, secret):
    sign_in(client)

    assert client.get("/").url == "/sign-in/?next=/"


def test_codes_are_not_guessed_forever_by_page(client, secret):
    sign_in(client)
    for _ in range(5):
        client.post("/sign-in/code/", {"code": wrong(code_of(secret))})

    answer = client.post("/sign-in/code/", {"code": code_of(secret)})

    assert (answer.status_code, signed_in(client)) == (422, None)


def test_api_asks_for_the_code_only_after_the_right_password(secret):
    assert refusal(log_in()) == (401, "second_factor_required")
    assert refusal(log_in(password="wrong")) == (401, "invalid_credentials")
    assert refusal(log_in(password="wrong", code=code_of(secret))) == (401, "invalid_credentials")


def test_code_of_the_app_logs_in_by_api(olga, secret):
    answer = log_in(code=code_of(secret))

    assert (answer.status_code, answer.json()["user"]["id"]) == (200, olga.pk)


def test_recovery_code_logs_in_by_api_once(olga, secret):
    code = give_recovery_codes(olga)[0]

    assert (log_in(code=code).status_code, refusal(log_in(code=code))) == (200, (401, "invalid_code"))


def test_wrong_code_of_a_program_is_refused(olga, secret):
    assert refusal(log_in(code=wrong(code_of(secret)))) == (401, "invalid_code")
    assert olga.logins.count() == 0


@pytest.mark.parametrize("code", ["x", "１２３４５６", "\u0661\u0662", "-", "1" * 20])
def test_nonsense_is_no_code(olga, secret, code):
    assert refusal(log_in(code=code)) == (401, "invalid_code")


@pytest.mark.parametrize(
    ("code", "error"), [("", "blank"), (None, "null"), ("1" * 21, "max_length"), (["1"], "invalid")]
)
def test_malformed_code_is_named(secret, code, error):
    assert refusal(log_in(code=code)) == (400, [("/code", error)])


def test_code_is_good_once_at_every_door(client, secret):
    code = code_of(secret)
    sign_in(client, code)

    assert refusal(log_in(code=code)) == (401, "invalid_code")


def test_code_of_the_moment_before_is_late(secret):
    code = code_of(secret)

    with half_a_minute_later():
        assert refusal(log_in(code=code)) == (401, "invalid_code")


def test_next_code_is_good(secret):
    log_in(code=code_of(secret))

    with half_a_minute_later():
        assert log_in(code=code_of(secret)).status_code == 200


def test_same_code_sent_twice_at_once_logs_in_once(race, transactional_db):
    code = code_of(give_app(UserFactory(email="olga@example.com")))

    answers = race(*[lambda: log_in(code=code)] * 2)

    assert sorted(answer.status_code for answer in answers) == [200, 401]


def test_codes_are_not_guessed_forever_by_api(olga, secret):
    for _ in range(5):
        log_in(code=wrong(code_of(secret)))

    answer = log_in(code=code_of(secret))

    assert (*refusal(answer), answer["Retry-After"]) == (429, "throttled", "300")
    assert olga.logins.count() == 0


def test_code_that_nobody_asks_for_is_ignored(olga):
    assert log_in(code="123456").status_code == 200


def test_admin_is_no_way_around(client):
    operator = UserFactory(email="olga@example.com", is_staff=True)
    give_app(operator)

    answer = client.post("/admin/login/", {"username": operator.email, "password": PASSWORD})

    assert "Your account has a second factor. Sign in where everybody does, then come back." in answer.content.decode()
    assert signed_in(client) is None


def test_new_password_by_mail_is_no_way_around(client, olga, secret):
    olga.set_password("another horse battery")
    olga.save()

    assert refusal(log_in(password="another horse battery")) == (401, "second_factor_required")
