"""A POST sent again with the same Idempotency-Key is done once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.models import Contact
from organizations.models import Invitation, Organization
from organizations.tests.answers import refusal
from organizations.users import KeptAnswer

ANNA = {"name": "Anna Karg", "email": "anna@example.com"}


@pytest.fixture
def create(call):
    def send(by, body=ANNA, key="k-1", path="/api/v1/contacts"):
        return call(by).post(path, body, headers={"Idempotency-Key": key})

    return send


def outcome(answer):
    return answer.status_code, answer.content, answer.headers.get("Location"), answer.headers.get("ETag")


def test_second_answer_is_the_first_one_again(create, member):
    first, second = create(member), create(member)

    assert (outcome(second), second.headers["Idempotent-Replayed"]) == (outcome(first), "true")
    assert "Idempotent-Replayed" not in first.headers
    assert Contact.objects.count() == 1


def test_order_of_the_members_does_not_matter(create, member):
    first, second = create(member), create(member, dict(reversed(ANNA.items())))

    assert outcome(second) == outcome(first)


def test_other_body_under_the_same_key_is_refused(create, member):
    create(member)

    assert refusal(create(member, {"name": "Bert"})) == (422, "idempotency_key_reused")
    assert Contact.objects.count() == 1


def test_other_address_under_the_same_key_is_refused(create, member):
    create(member)

    assert refusal(create(member, path="/api/v1/companies")) == (422, "idempotency_key_reused")


def test_other_key_is_another_request(create, member):
    create(member, key="k-1")
    create(member, key="k-2")

    assert Contact.objects.count() == 2


def test_colleague_with_the_same_key_is_not_answered_by_it(create, member, manager):
    create(member)

    assert "Idempotent-Replayed" not in create(manager).headers


def test_key_of_one_organization_says_nothing_in_another(create, member, stranger):
    second_place = type(member)(organization=stranger.organization, user=member.user).save_by(None)
    create(member)

    assert "Idempotent-Replayed" not in create(second_place).headers


def test_refused_request_may_be_mended_under_its_key(create, member):
    refused = create(member, {"name": ""})

    assert refusal(refused) == (400, [("/name", "blank")])
    assert create(member).status_code == 201


def test_key_is_forgotten_after_a_day(create, member):
    create(member)
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))

    assert "Idempotent-Replayed" not in create(member).headers
    assert (Contact.objects.count(), KeptAnswer.objects.count()) == (2, 1)


@pytest.mark.parametrize("key", ["", " ", "a b", "ä", "k" * 256])
def test_key_that_cannot_be_is_refused(create, member, key):
    assert refusal(create(member, key=key.encode().decode("latin-1"))) == (
        400,
        [("/Idempotency-Key", "idempotency_key_invalid")],
    )


def test_organization_is_opened_once(create, member):
    before = Organization.objects.count()

    for _ in range(2):
        create(member, {"name": "Second"}, path="/api/v1/organizations")

    assert Organization.objects.count() == before + 1


def test_secret_shown_once_is_not_in_the_row(create, admin):
    body = {"email": "new@example.com", "role": "member"}
    token = create(admin, body, path="/api/v1/invitations").json()["token"]

    assert token.encode() not in bytes(KeptAnswer.objects.get().body)
    assert create(admin, body, path="/api/v1/invitations").json()["token"] == token
    assert Invitation.objects.count() == 1


def test_sixteen_at_once_change_one_thing(race, create, member):
    answers = race(*[lambda: create(member).status_code] * 16)

    assert (Contact.objects.count(), set(answers) <= {201, 409}) == (1, True)
