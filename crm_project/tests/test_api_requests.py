"""What a request to the API passes on its way to a view, and what it is spared."""

import pytest
from django.utils import timezone

from deals.tests.factories import DealFactory

pytestmark = pytest.mark.django_db
DEALS = "/api/v1/deals"


def test_a_session_is_not_looked_up(owner, call, django_assert_num_queries):
    caller = call(owner)
    caller.force_login(owner.user)

    with django_assert_num_queries(0):
        caller.get("/api/v1/nothing")


def test_a_session_signs_nobody_in(owner, client):
    client.force_login(owner.user)

    answer = client.get(DEALS, headers={"X-Organization-Id": str(owner.organization_id)})

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_instants_are_utc_whatever_the_clock_of_who_is_signed_in(owner, call):
    deal = DealFactory(by=owner)
    owner.user.time_zone = "Pacific/Kiritimati"
    owner.user.save()
    caller = call(owner)
    caller.force_login(owner.user)

    created = caller.get(f"{DEALS}/{deal.pk}").json()["created_at"]

    assert created == deal.created_at.isoformat().replace("+00:00", "Z")


def test_the_time_of_a_reader_is_not_that_of_the_next_program(owner, call):
    timezone.activate("Pacific/Kiritimati")

    call(owner).get(DEALS)

    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "A won deal needs an amount above zero."), ("ru", "У выигранной сделки сумма больше нуля.")],
)
def test_refusals_are_in_the_language_that_is_asked_for(owner, call, language, sentence):
    deal = DealFactory(by=owner)

    answer = call(owner).patch(f"{DEALS}/{deal.pk}", {"status": "won"}, HTTP_ACCEPT_LANGUAGE=language)

    assert (answer.json()["errors"][0]["detail"], answer["Content-Language"]) == (sentence, language)


def test_an_answer_tells_its_length_and_what_it_depends_on(owner, call):
    answer = call(owner).get(DEALS)

    headers = ("Content-Length", "Content-Type", "Vary", "X-Frame-Options", "X-Content-Type-Options")
    assert [answer[name] for name in headers] == [
        str(len(answer.content)),
        "application/json",
        "Accept-Language",
        "DENY",
        "nosniff",
    ]
