"""Registering: a user, an organization, the owner's membership and a pipeline, or nothing at all."""

import pytest

from deals.pipelines import Pipeline, Stage
from organizations.models import Membership, Organization
from organizations.tests.answers import post, refusal
from organizations.tests.factories import PASSWORD, UserFactory
from organizations.users import Login, User

pytestmark = pytest.mark.django_db

OLGA = {"email": "olga@example.com", "password": PASSWORD, "name": "Olga", "organization_name": "Nordlicht"}


def register(**changes):
    return post("/auth/register", {**OLGA, **changes})


def test_answer_of_a_registration():
    answer = register()

    assert answer.status_code == 201
    body = answer.json()
    user, organization = User.objects.get(), Organization.objects.get()
    access, refresh = body.pop("access_token"), body.pop("refresh_token")
    assert body == {
        "token_type": "bearer",
        "expires_in": 900,
        "user": {
            "id": user.pk,
            "email": "olga@example.com",
            "name": "Olga",
            "locale": "en",
            "time_zone": "UTC",
            "keyboard_shortcuts": True,
            "created_at": user.created_at.isoformat().replace("+00:00", "Z"),
        },
        "organization": {
            "id": organization.pk,
            "name": "Nordlicht",
            "slug": "nordlicht",
            "base_currency": "EUR",
            "time_zone": "UTC",
            "created_at": organization.created_at.isoformat().replace("+00:00", "Z"),
            "version": 1,
        },
    }
    assert access.count(".") == refresh.count(".") == 2


def test_registering_makes_an_owner_and_the_default_pipeline():
    register()

    membership = Membership.objects.get()
    assert (membership.user.email, membership.organization.name, membership.role) == (
        "olga@example.com",
        "Nordlicht",
        "owner",
    )
    assert list(Pipeline.objects.values_list("organization", "is_default")) == [(membership.organization_id, True)]
    assert list(Stage.objects.values_list("slug", flat=True)) == ["qualification", "proposal", "negotiation", "closed"]


def test_tokens_of_a_registration_open_the_organization(client):
    body = register().json()

    answer = client.get(
        "/api/v1/organizations/current",
        headers={
            "Authorization": f"Bearer {body['access_token']}",
            "X-Organization-Id": str(body["organization"]["id"]),
        },
    )

    assert answer.json() == body["organization"]


def test_password_is_stored_as_a_hash():
    register()

    assert PASSWORD not in User.objects.get().password
    assert User.objects.get().check_password(PASSWORD)


def test_text_is_trimmed_and_composed_and_the_email_lower_case():
    body = register(email=" Olga@EXAMPLE.com ", name=" Zoe\u0308 ", organization_name=" Cafe\u0301 ").json()

    assert (body["user"]["email"], body["user"]["name"]) == ("olga@example.com", "Zoë")
    assert (body["organization"]["name"], body["organization"]["slug"]) == ("Café", "cafe")


@pytest.mark.parametrize("email", ["olga@example.com", "OLGA@Example.COM", " olga@example.com "])
def test_taken_email_is_a_conflict_whatever_the_letter_case(email):
    UserFactory(email="olga@example.com")

    assert refusal(register(email=email)) == (409, "email_taken")


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"email": "olga"}, [("/email", "invalid")]),
        ({"email": ""}, [("/email", "blank")]),
        ({"email": " "}, [("/email", "blank")]),
        ({"email": "ol ga@example.com"}, [("/email", "invalid")]),
        ({"email": "\x1folga@example.com"}, [("/email", "control_characters")]),
        ({"email": f"{'o' * 60}@{'x' * 185}.example"}, [("/email", "invalid")]),
        ({"email": f"oo@{'.'.join(['x' * 60] * 4)}.examples"}, [("/email", "max_length")]),
        ({"email": None}, [("/email", "null")]),
        ({"name": " "}, [("/name", "blank")]),
        ({"name": "Ol\x00ga"}, [("/name", "control_characters")]),
        ({"name": "Ol\x07ga"}, [("/name", "control_characters")]),
        ({"name": "O" * 201}, [("/name", "max_length")]),
        ({"organization_name": ""}, [("/organization_name", "blank")]),
        ({"organization_name": "N" * 201}, [("/organization_name", "max_length")]),
        ({"password": "short1!"}, [("/password", "password_too_short")]),
        ({"password": "password123"}, [("/password", "password_too_common")]),
        ({"password": "73459821034"}, [("/password", "password_entirely_numeric")]),
        ({"password": "olga@example.com"}, [("/password", "password_too_similar")]),
        ({"password": ""}, [("/password", "blank")]),
        ({"password": "x" * 201}, [("/password", "max_length")]),
        ({"role": "owner"}, [("/role", "unknown_field")]),
        ({"is_staff": True}, [("/is_staff", "unknown_field")]),
    ],
)
def test_wrong_input_is_named_and_leaves_nothing_behind(change, errors):
    assert refusal(register(**change)) == (400, errors)
    assert not User.objects.exists()
    assert not Organization.objects.exists()


def test_all_errors_are_named_at_once():
    answer = post("/auth/register", {"email": "olga", "password": "short", "name": "", "rôle/~": 1})

    assert refusal(answer) == (
        400,
        [
            ("/email", "invalid"),
            ("/name", "blank"),
            ("/organization_name", "required"),
            ("/password", "password_too_short"),
            ("/rôle~1~0", "unknown_field"),
        ],
    )


def test_conflict_leaves_nothing_behind():
    UserFactory(email="olga@example.com")

    register()

    assert (User.objects.count(), Organization.objects.count(), Login.objects.count()) == (1, 0, 0)


def test_failure_halfway_leaves_nothing_behind(monkeypatch, client):
    def fail(organization):
        raise RuntimeError("the pipeline breaks")

    monkeypatch.setattr("deals.receivers.add_default_pipeline", fail)
    client.raise_request_exception = False

    answer = client.post("/api/v1/auth/register", OLGA, content_type="application/json")

    assert refusal(answer) == (500, "server_error")
    assert (User.objects.count(), Organization.objects.count(), Membership.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Nordlicht Energie GmbH", "nordlicht-energie-gmbh"),
        ("Müller & Söhne", "muller-sohne"),
        ("Рога и Копыта", "roga-i-kopyta"),
        ("Щёлково Юг", "shchyolkovo-yug"),
        ("日本", "organization"),
        ("x" * 200, "x" * 40),
    ],
)
def test_short_name_is_made_of_the_name(name, slug):
    assert register(organization_name=name).json()["organization"]["slug"] == slug


def test_second_organization_of_a_name_gets_a_short_name_of_its_own():
    register()

    slug = register(email="max@example.com").json()["organization"]["slug"]

    assert slug != "nordlicht"
    assert slug.startswith("nordlicht-")


@pytest.mark.parametrize("_round", range(3))
def test_same_email_twice_at_once_makes_one_user(race, _round):
    answers = race(register, lambda: register(email="OLGA@example.com"))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert (User.objects.count(), Organization.objects.count(), Pipeline.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("_round", range(3))
def test_same_organization_name_twice_at_once_makes_two(race, _round):
    answers = race(register, lambda: register(email="max@example.com"))

    assert [answer.status_code for answer in answers] == [201, 201]
    assert Organization.objects.filter(name="Nordlicht").count() == 2
