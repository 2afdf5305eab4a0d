"""Who asks too often is told when to come again; guessing is counted even while the cache is down."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations.limits import TooMany, passwords, ways_in
from organizations.tests.answers import post, refusal
from organizations.tests.factories import PASSWORD, MembershipFactory, UserFactory
from organizations.users import Attempts

pytestmark = pytest.mark.django_db

DOWN = {"default": {"BACKEND": "crm_project.steady_cache.SteadyRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
NOON = "2026-06-01T12:00:10Z"


@pytest.fixture(autouse=True)
def _clock(settings):
    settings.CRM_THROTTLE = "on"
    settings.LIMITS = {"requests": (3, 60), "ways_in": (4, 60), "passwords": (2, 300), "passwords_from": (5, 300)}
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture(params=["cache", "database"])
def counted(request, settings):
    if request.param == "database":
        settings.CACHES = DOWN


def log_in(email="olga@example.com", password=PASSWORD, **headers):
    return post("/auth/login", {"email": email, "password": password}, **headers)


def statuses(count, ask):
    return [ask().status_code for _ in range(count)]


def test_user_in_an_organization_asks_so_often_a_minute(call, owner):
    client = call(owner)

    assert statuses(4, lambda: client.get("/api/v1/contacts")) == [200, 200, 200, 429]


def test_refusal_says_when_to_come_again(call, owner):
    client = call(owner)
    statuses(3, lambda: client.get("/api/v1/contacts"))

    answer = client.get("/api/v1/contacts")

    assert refusal(answer) == (429, "throttled")
    assert (answer["Retry-After"], answer.json()["detail"]) == ("50", "Too many requests. Try again in 50 seconds.")


def test_the_next_minute_counts_anew(call, owner):
    client = call(owner)
    statuses(4, lambda: client.get("/api/v1/contacts"))

    with time_machine.travel("2026-06-01T12:01:00Z", tick=False):
        assert client.get("/api/v1/contacts").status_code == 200


def test_every_answer_says_what_is_left(call, owner):
    answer = call(owner).get("/api/v1/contacts")

    assert [answer[f"RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset")] == ["3", "2", "50"]


def test_colleagues_and_organizations_are_counted_apart(call, owner, admin):
    elsewhere = MembershipFactory(user=owner.user)
    statuses(4, lambda: call(owner).get("/api/v1/contacts"))

    assert call(admin).get("/api/v1/contacts").status_code == 200
    assert call(elsewhere).get("/api/v1/contacts").status_code == 200


def test_naming_odd_organizations_evades_nothing(call, owner):
    client = call(owner)
    answers = []
    for number in range(4):
        client.credentials(**{**client._credentials, "HTTP_X_ORGANIZATION_ID": str(10**9 + number)})
        answers.append(client.get("/api/v1/users/me").status_code)

    assert answers == [200, 200, 200, 429]


def test_counting_asks_a_healthy_cache_and_no_database(call, owner, settings):
    client = call(owner)
    with CaptureQueriesContext(connection) as counting:
        client.get("/api/v1/contacts")
    settings.CRM_THROTTLE = "off"
    with CaptureQueriesContext(connection) as not_counting:
        client.get("/api/v1/contacts")

    assert len(counting) == len(not_counting)


def test_requests_pass_while_the_cache_is_down(call, owner, settings):
    settings.CACHES = DOWN
    client = call(owner)

    assert statuses(5, lambda: client.get("/api/v1/contacts")) == [200] * 5


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/auth/register", {}),
        ("/auth/login", {}),
        ("/auth/refresh", {"refresh_token": "x"}),
        ("/invitations/accept", {"token": "x", "name": "Ann", "password": PASSWORD}),
    ],
)
@pytest.mark.usefixtures("counted")
def test_ways_in_are_counted_by_address(path, body):
    answers = statuses(5, lambda: post(path, body))

    assert answers[4] == 429
    assert 429 not in answers[:4]


def test_password_is_a_way_in(call, owner):
    body = {"current_password": "wrong", "new_password": PASSWORD[::-1]}

    assert statuses(3, lambda: call(owner).post("/api/v1/users/me/password", body)) == [400, 400, 429]


def test_addresses_are_counted_apart(settings):
    settings.TRUSTED_PROXIES = 1
    statuses(5, lambda: post("/auth/login", {}, **{"X-Forwarded-For": "7.7.7.7"}))

    assert post("/auth/login", {}, **{"X-Forwarded-For": "8.8.8.8"}).status_code == 400


@pytest.mark.parametrize("email", ["olga@example.com", "nobody@example.com"])
@pytest.mark.usefixtures("counted")
def test_passwords_of_an_account_are_guessed_twice(email):
    UserFactory(email="olga@example.com")

    assert statuses(3, lambda: log_in(email, "wrong")) == [401, 401, 429]


@pytest.mark.usefixtures("counted")
def test_right_passwords_are_no_guesses():
    UserFactory(email="olga@example.com")

    assert statuses(4, log_in) == [200] * 4


def test_guesses_are_counted_whichever_the_door(client):
    UserFactory(email="olga@example.com", is_staff=True)
    log_in(password="wrong")
    client.post("/sign-in/", {"login": " OLGA@example.com", "password": "wrong"})

    answers = [
        log_in(),
        client.post("/sign-in/", {"login": "olga@example.com", "password": PASSWORD}),
        client.post("/admin/login/", {"username": "olga@example.com", "password": PASSWORD}),
    ]

    assert [(answer.status_code, answer["Retry-After"]) for answer in answers] == [(429, "290")] * 3
    assert "Too many attempts" in answers[2].content.decode()


def test_one_password_is_tried_at_five_accounts(settings):
    settings.LIMITS["ways_in"] = (99, 60)
    guesses = iter(range(9))

    assert statuses(6, lambda: log_in(f"user{next(guesses)}@example.com", "spring2026")) == [401] * 5 + [429]


def test_counting_is_off_for_load_tests(settings):
    settings.CRM_THROTTLE = "off"

    assert statuses(6, lambda: log_in(password="wrong")) == [401] * 6


def test_what_the_database_counted_goes_when_its_time_is_over(settings):
    settings.CACHES = DOWN
    log_in(password="wrong")
    with time_machine.travel("2026-06-01T13:00:00Z", tick=False):
        log_in(password="wrong")

    assert sorted(Attempts.objects.values_list("count", flat=True)) == [1, 1, 1]


@pytest.mark.usefixtures("counted", "transactional_db")
def test_of_many_at_once_no_more_pass(race, settings):
    with connection.cursor():  # opens the database before the race
        settings.LIMITS["ways_in"] = (5, 60)

    def ask():
        try:
            return ways_in.spend("7.7.7.7").left
        except TooMany:
            return None

    answers = race(*[ask] * 16)

    assert sorted(answers, key=str) == [0, 1, 2, 3, 4] + [None] * 11


@pytest.mark.usefixtures("counted")
def test_what_is_given_back_after_its_time_is_lost():
    passwords.give_back("olga@example.com")

    assert passwords.spend("olga@example.com").left == 1
