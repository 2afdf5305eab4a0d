"""Signing in with a passkey: alone, after the password, to show who it is; and what the API says of one."""

import json

import pytest
from allauth.mfa.models import Authenticator

from organizations.tests.answers import post, refusal
from organizations.tests.factories import PASSWORD, UserFactory
from organizations.tests.passkeys import FLAG, HOST, Device, options_on
from organizations.tests.second_factors import code_of, give_app, give_recovery_codes

pytestmark = pytest.mark.django_db

REFUSED = "Your browser handed over no passkey that is good here. Try again; it takes JavaScript."


@pytest.fixture
def olga():
    return UserFactory(email="olga@example.com")


@pytest.fixture
def device(olga):
    device = Device(olga)
    device.added()
    return device


@pytest.fixture
def client(client):
    client.defaults["HTTP_HOST"] = HOST
    return client


def signed_in(client):
    return client.session.get("_auth_user_id")


def hand_over(client, path, device, **more):
    challenge = options_on(client.get(path).content.decode())["challenge"]
    return client.post(path, {"credential": json.dumps(device.get(challenge, **more))})


def begin(client):
    """The page after the password."""
    return client.post("/sign-in/", {"login": "olga@example.com", "password": PASSWORD})


def test_passkey_signs_in_alone(client, olga, device):
    answer = hand_over(client, "/sign-in/passkey/", device)

    assert (answer.status_code, answer.url, signed_in(client)) == (302, "/", str(olga.pk))
    assert Authenticator.objects.get().last_used_at is not None


def test_passkey_leads_to_where_one_wanted(client, device):
    page = client.get("/sign-in/?next=/o/nordlicht/contacts/").content.decode()
    assert 'href="/sign-in/passkey/?next=/o/nordlicht/contacts/"' in page

    page = client.get("/sign-in/passkey/?next=/o/nordlicht/contacts/").content.decode()
    assert '<input type="hidden" name="next" value="/o/nordlicht/contacts/"' in page
    credential = json.dumps(device.get(options_on(page)["challenge"]))
    answer = client.post("/sign-in/passkey/", {"credential": credential, "next": "/o/nordlicht/contacts/"})

    assert answer.url == "/o/nordlicht/contacts/"


def test_passkey_without_a_finger_does_not_sign_in_alone(client, device):
    answer = hand_over(client, "/sign-in/passkey/", device, flags=FLAG.UP)

    assert (answer.status_code, REFUSED in answer.content.decode(), signed_in(client)) == (422, True, None)


def test_passkey_of_a_user_who_left_signs_nobody_in(client, olga, device):
    olga.is_active = False
    olga.save()

    assert (hand_over(client, "/sign-in/passkey/", device).url, signed_in(client)) == ("/sign-in/", None)


def test_removed_passkey_signs_nobody_in(client, device):
    Authenticator.objects.all().delete()

    assert (hand_over(client, "/sign-in/passkey/", device).status_code, signed_in(client)) == (422, None)


def test_key_of_somebody_else_signs_nobody_in(client, olga, device):
    thief = Device(olga)
    thief.id = device.id

    assert (hand_over(client, "/sign-in/passkey/", thief).status_code, signed_in(client)) == (422, None)


def test_answer_is_good_once(client, device):
    challenge = options_on(client.get("/sign-in/passkey/").content.decode())["challenge"]
    credential = {"credential": json.dumps(device.get(challenge))}
    client.post("/sign-in/passkey/", credential)
    client.logout()

    assert (client.post("/sign-in/passkey/", credential).status_code, signed_in(client)) == (422, None)


@pytest.mark.parametrize(
    "credential", ["", "x", "null", "[]", "{}", '{"response": 5}', '{"response": {"userHandle": 5}}']
)
@pytest.mark.parametrize("path", ["/sign-in/passkey/", "/sign-in/code/"])
def test_nonsense_is_no_passkey(client, device, path, credential):
    if path == "/sign-in/code/":
        begin(client)
    client.get(path)

    answer = client.post(path, {"credential": credential})

    assert (answer.status_code, REFUSED in answer.content.decode(), signed_in(client)) == (422, True, None)


@pytest.mark.parametrize("handle", ["LTE", "MTAwMDAwMDAwMDAwMDAwMDAwMDAwMDA", "eA", "gA"])
def test_user_who_cannot_be_signs_nobody_in(client, device, handle):
    challenge = options_on(client.get("/sign-in/passkey/").content.decode())["challenge"]
    credential = device.get(challenge)
    credential["response"]["userHandle"] = handle

    assert client.post("/sign-in/passkey/", {"credential": json.dumps(credential)}).status_code == 422


def test_page_asks_for_the_passkey_after_the_password(client, device):
    page = client.get(begin(client).url).content.decode()

    assert [each["id"] for each in options_on(page)["allowCredentials"]] == [device.get("YW55")["id"]]
    assert "Without your passkey, write one of your recovery codes." in page


def test_passkey_signs_in_after_the_password(client, olga, device):
    begin(client)

    assert (hand_over(client, "/sign-in/code/", device).url, signed_in(client)) == ("/", str(olga.pk))


def test_passkey_of_another_is_no_second_factor(client, device):
    other = Device(UserFactory())
    other.added()
    begin(client)

    answer = hand_over(client, "/sign-in/code/", other)

    assert (answer.status_code, REFUSED in answer.content.decode(), signed_in(client)) == (422, True, None)


def test_code_of_the_app_is_good_beside_a_passkey(client, olga, device):
    secret = give_app(olga)
    page = client.get(begin(client).url).content.decode()

    client.post("/sign-in/code/", {"code": code_of(secret)})

    assert ("Write the code that your app shows now" in page, signed_in(client)) == (True, str(olga.pk))


def test_who_has_no_passkey_is_asked_for_none(client, olga):
    give_app(olga)

    assert "data-passkey" not in client.get(begin(client).url).content.decode()


def test_passkeys_are_not_tried_forever_after_a_password(client, device):
    begin(client)
    for _ in range(5):
        client.post("/sign-in/code/", {"credential": json.dumps(device.get("YQ"))})

    answer = client.post("/sign-in/code/", {"credential": json.dumps(device.get("YQ"))})

    assert (answer.status_code, "Too many attempts." in answer.content.decode()) == (422, True)


def test_passkey_shows_who_it_is(client, olga, device):
    client.force_login(olga)

    answer = hand_over(client, "/confirm/passkey/?next=/organizations/new/", device)

    assert (answer.status_code, answer.url) == (302, "/organizations/new/")


def test_passkey_of_another_shows_nothing(client, olga, device):
    client.force_login(UserFactory())

    assert client.get("/confirm/passkey/").url == "/confirm/password/"


def test_page_that_asks_who_it_is_offers_the_passkey(client, olga, device):
    client.force_login(olga)

    page = client.get("/confirm/password/?next=/organizations/new/").content.decode()

    assert '<a href="/confirm/passkey/?next=%2Forganizations%2Fnew%2F">Use a passkey</a>' in page


def test_refused_passkey_is_told_where_one_is_asked(client, olga, device):
    client.force_login(olga)

    answer = client.post("/confirm/passkey/", {"credential": "{}"})

    assert (answer.status_code, REFUSED in answer.content.decode()) == (422, True)


def log_in(**more):
    return post("/auth/login", {"email": "olga@example.com", "password": PASSWORD, **more})


def test_api_tells_what_to_do_where_there_is_only_a_passkey(olga, device):
    answer = log_in()

    assert refusal(answer) == (401, "second_factor_required")
    assert answer.json()["detail"] == (
        "This account has a passkey, which no program can show: send one of its recovery codes along as `code`,"
        " or turn on codes from an app."
    )


def test_api_takes_a_recovery_code_of_a_passkey_once(olga, device):
    code = give_recovery_codes(olga)[0]

    assert (log_in(code=code).status_code, refusal(log_in(code=code))) == (200, (401, "invalid_code"))


def test_api_takes_a_code_of_the_app_beside_a_passkey(olga, device):
    assert log_in(code=code_of(give_app(olga))).status_code == 200
