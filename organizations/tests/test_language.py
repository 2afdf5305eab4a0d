"""Everybody reads in their own language and by their own clock."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from organizations.tests.factories import UserFactory


def test_page_is_in_the_language_of_the_browser_before_a_sign_in(client, db):
    answer = client.get("/sign-in/", headers={"Accept-Language": "ru"})

    assert (answer.headers["Content-Language"], '<html lang="ru">' in answer.content.decode()) == ("ru", True)


def test_page_is_in_the_language_of_the_user_after_a_sign_in(client, db):
    client.force_login(UserFactory(locale="ru"))

    answer = client.get("/", headers={"Accept-Language": "en"})

    assert answer.headers["Content-Language"] == "ru"


def test_language_that_is_not_there_is_english(client, db):
    assert client.get("/sign-in/", headers={"Accept-Language": "tlh"}).headers["Content-Language"] == "en"


@pytest.mark.parametrize(("zone", "hour"), [("Pacific/Kiritimati", 2), ("America/Los_Angeles", 5)])
def test_time_is_told_by_the_clock_of_the_user(client, db, zone, hour):
    client.force_login(UserFactory(time_zone=zone))

    client.get("/")

    assert timezone.localtime(datetime(2026, 1, 1, 12 if hour == 2 else 13, tzinfo=UTC)).hour == hour


def test_time_of_one_reader_is_not_told_to_the_next(client, db):
    client.force_login(UserFactory(time_zone="Pacific/Kiritimati"))
    client.get("/")
    client.logout()

    client.get("/sign-in/")

    assert timezone.get_current_timezone_name() == "UTC"
