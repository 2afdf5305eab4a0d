"""While Redis does not answer, people sign in, guessing is counted, and whoever else uses the cache is told."""

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import ConnectionError as NoAnswer

from crm_project.steady_cache import stand_in
from organizations.tests.factories import PASSWORD, UserFactory
from organizations.tests.second_factors import code_of, give_app

pytestmark = pytest.mark.django_db

NOBODY = {
    "default": {"BACKEND": "crm_project.steady_cache.SteadyRedisCache", "LOCATION": "redis://127.0.0.1:1/0"},
}


@pytest.fixture(autouse=True)
def _redis_is_down(settings):
    settings.CACHES = NOBODY
    stand_in.clear()


def sign_in(client, password=PASSWORD):
    return client.post("/sign-in/", {"login": "olga@example.com", "password": password})


def test_people_sign_in(client):
    UserFactory(email="olga@example.com")

    assert sign_in(client).status_code == 302


def test_passwords_are_not_guessed_forever(client):
    UserFactory(email="olga@example.com")
    for _ in range(5):
        sign_in(client, "wrong")

    assert "Too many attempts." in sign_in(client).content.decode()


def test_code_is_good_once(client):
    secret = give_app(UserFactory(email="olga@example.com"))

    with time_machine.travel(timezone.now(), tick=False):
        first = client.post(sign_in(client).url, {"code": code_of(secret)}).status_code
        client.logout()
        second = client.post(sign_in(client).url, {"code": code_of(secret)}).status_code

    assert (first, second) == (302, 422)


def test_others_are_told_that_it_is_down():
    with pytest.raises(NoAnswer):
        cache.get("analytics:1:stamp")


def test_a_client_serves_many_commands():
    kept = cache._cache

    assert kept.get_client("one") is kept.get_client("two", write=True)
