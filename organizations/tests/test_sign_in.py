"""Signing in and out by page, and a new password for who forgot the old one."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from organizations.tests.factories import PASSWORD, UserFactory
from organizations.tokens import issue

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "another horse battery"


@pytest.fixture
def olga():
    return UserFactory(email="olga@example.com")


def sign_in(client, email="olga@example.com", password=PASSWORD, **more):
    return client.post("/sign-in/", {"login": email, "password": password, **more})


def signed_in(client):
    return client.session.get("_auth_user_id")


def sentences(response):
    return re.findall(
        r'(?:role="alert">.*?</svg>|class="error".*?</svg>)(.*?)(?:</div>|</p>)', response.content.decode()
    )


@pytest.mark.parametrize("email", ["olga@example.com", " Olga@Example.COM "])
def test_signing_in(client, olga, email):
    response = sign_in(client, email)

    assert (response.status_code, response.url, signed_in(client)) == (302, "/", str(olga.pk))


def test_signing_in_leads_to_where_one_wanted(client, olga):
    assert sign_in(client, next="/o/nordlicht/contacts/").url == "/o/nordlicht/contacts/"


def test_signing_in_never_leads_elsewhere(client, olga):
    assert sign_in(client, next="https://evil.example/").url == "/"


@pytest.mark.parametrize("changes", [{"password": "wrong"}, {"email": "nobody@example.com"}])
def test_wrong_password_and_unknown_address_are_told_the_same(client, olga, changes):
    response = sign_in(client, **changes)

    sentence = "The e-mail address or the password is wrong. Try again, or reset your password."
    assert (response.status_code, sentences(response)) == (422, [f"<p>{sentence}"])
    assert signed_in(client) is None


def test_whoever_is_no_longer_active_stays_out(client, olga):
    olga.is_active = False
    olga.save()

    sign_in(client)

    assert signed_in(client) is None


def test_password_is_not_guessed_forever(client, olga):
    for _ in range(5):
        sign_in(client, password="wrong")

    assert sentences(sign_in(client)) == ["<p>Too many attempts. Wait five minutes, or reset your password."]
    assert signed_in(client) is None


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    response = client.get("/")

    assert (response.status_code, response.url) == (302, "/sign-in/?next=/")


@pytest.mark.parametrize("path", ["/admin/", "/admin/deals/deal/"])
def test_operators_sign_in_at_the_admin(client, path):
    assert client.get(path).url == f"/admin/login/?next={path}"


def test_signing_out(client, olga):
    client.force_login(olga)

    response = client.post("/sign-out/")

    assert (response.url, signed_in(client)) == ("/sign-in/", None)


def test_a_link_alone_signs_nobody_out(client, olga):
    client.force_login(olga)

    assert "<h1>Sign out</h1>" in client.get("/sign-out/").content.decode()
    assert signed_in(client) == str(olga.pk)


def test_user_without_an_organization_is_told_what_to_do(client, olga):
    client.force_login(olga)

    assert "Ask a colleague to invite olga@example.com." in client.get("/").content.decode()


def test_operator_begins_in_the_admin(desk):
    assert desk.get("/").url == "/admin/"


def link_in_mail(client):
    client.post("/password/", {"email": "olga@example.com"})
    return re.search(r"https?://[^/]+(/password/\S+)", mail.outbox[0].body)[1]


def reset(client, link, password):
    form = client.get(link)
    return client.post(form.url, {"password1": password, "password2": password}) if form.status_code == 302 else form


def test_new_password_by_mail(client, olga):
    assert reset(client, link_in_mail(client), NEW_PASSWORD).url == "/password/done/"

    olga.refresh_from_db()
    assert olga.check_password(NEW_PASSWORD)
    assert [(sent.subject, sent.to) for sent in mail.outbox] == [
        ("Your new password for Kontor", ["olga@example.com"]),
        ("Your password is changed", ["olga@example.com"]),
    ]


def test_link_of_the_mail_leads_to_us_whatever_the_request_says(client, olga, settings):
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["*"], "https://crm.example"

    client.post("/password/", {"email": "olga@example.com"}, headers={"Host": "evil.example"})

    assert re.findall(r"https?://[^/]+", mail.outbox[0].body) == ["https://crm.example"]


def test_new_password_by_mail_ends_every_sign_in_of_programs(client, olga):
    issue(olga)

    reset(client, link_in_mail(client), NEW_PASSWORD)

    assert olga.logins.count() == 0


def test_weak_password_is_refused(client, olga):
    response = reset(client, link_in_mail(client), "short")

    assert sentences(response) == ["This password is too short. It must contain at least 10 characters."]
    olga.refresh_from_db()
    assert olga.check_password(PASSWORD)


def test_link_of_the_mail_works_once(client, olga):
    link = link_in_mail(client)
    reset(client, link, NEW_PASSWORD)

    assert "<h1>This link does not work any more</h1>" in reset(client, link, PASSWORD).content.decode()


def test_unknown_address_is_told_the_same_and_gets_no_mail(client):
    response = client.post("/password/", {"email": "nobody@example.com"})

    assert (response.url, mail.outbox) == ("/password/sent/", [])


def test_address_that_a_user_had_before_resets_nothing(client, olga):
    reset(client, link_in_mail(client), NEW_PASSWORD)
    sign_in(client, password=NEW_PASSWORD)
    olga.email = "olga.new@example.com"
    olga.save()

    mail.outbox.clear()
    client.post("/password/", {"email": "olga@example.com"})

    assert (len(mail.outbox), EmailAddress.objects.count()) == (0, 0)


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-up/", "/password/", "/password/sent/", "/password/done/"])
def test_page_is_there_for_everybody(client, path):
    response = client.get(path)

    assert (response.status_code, response.content.decode().count("<h1>")) == (200, 1)
