"""Turning a second factor on and off: each asks who it is, and the secrets are nowhere in the clear."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import override_settings

from organizations import second_factor
from organizations.second_factor import SecondFactors
from organizations.tests.factories import PASSWORD
from organizations.tests.second_factors import code_of, give_app, give_recovery_codes, wrong

pytestmark = pytest.mark.django_db

ACCOUNT = "settings/account/"


@pytest.fixture
def reader(at, member):
    """The member, who has just shown who it is."""
    reader = at(member)
    prove(reader)
    return reader


def prove(reader, **more):
    return reader.post("/confirm/password/", {"password": PASSWORD, **more})


def secret_on(page):
    return page.all(r'<div class="secret"><code>(.*?)</code>')[0]


def turn_on(reader):
    """The secret of the app that was turned on, and the page after it."""
    secret = secret_on(reader.read(f"{ACCOUNT}app/"))
    return secret, reader.send(f"{ACCOUNT}app/", code=code_of(secret))


def codes_on(page):
    return re.findall(r"^\d{8}$", re.sub(r"<[^>]+>", "\n", page.html), re.MULTILINE)


@pytest.mark.parametrize("path", ["app/", "app/off/", "codes/"])
def test_page_asks_for_the_password_first_and_comes_back(at, member, path):
    give_app(member.user)
    give_recovery_codes(member.user)
    reader = at(member)

    page = reader.read(ACCOUNT + path)

    there = f"/o/{member.organization.slug}/{ACCOUNT}{path}"
    assert (page.status, page.url) == (302, f"/confirm/password/?next={there.replace('/', '%2F')}")
    assert prove(reader, next=there).url == there


def test_wrong_password_proves_nothing(at, member):
    reader = at(member)

    answer = reader.post("/confirm/password/", {"password": "wrong"})

    assert (answer.status_code, "This is not your password." in answer.content.decode()) == (422, True)
    assert reader.read(f"{ACCOUNT}app/").status == 302


def test_what_was_sent_before_one_is_asked_is_not_done(at, member):
    give_app(member.user)
    reader = at(member)
    asked = reader.send(f"{ACCOUNT}app/off/")

    back = reader.post(asked.url, {"password": PASSWORD})

    assert (back.status_code, back.url) == (302, f"/o/{member.organization.slug}/{ACCOUNT}app/off/")
    assert second_factor.is_on(member.user)


def test_app_is_turned_on_by_its_code(transactional_db, reader, member):
    _secret, page = turn_on(reader)

    assert page.url == f"/o/{member.organization.slug}/{ACCOUNT}codes/"
    assert second_factor.is_on(member.user)
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == ([member.user.email], "Your second factor is on")


def test_key_is_drawn_for_the_phone(reader, member):
    page = reader.read(f"{ACCOUNT}app/")

    address = f"otpauth://totp/{member.user.email.replace('@', '%40')}?secret={secret_on(page)}&amp;issuer=Kontor"
    assert re.findall(r"otpauth:[^\"]*", page.html) == [address]
    assert len(re.findall(r'<img class="qr-code" src="data:image/svg\+xml;base64,', page.html)) == 1


def test_wrong_code_turns_nothing_on(reader, member):
    secret = secret_on(reader.read(f"{ACCOUNT}app/"))

    page = reader.send(f"{ACCOUNT}app/", code=wrong(code_of(secret)))

    assert page.errors[0] == 422
    assert page.errors[1]["code"] == "This code is wrong, or was used already. Wait for the next one."
    assert secret_on(page) == secret
    assert not second_factor.is_on(member.user)


def test_second_app_does_not_replace_the_first(reader, member):
    turn_on(reader)

    assert reader.read(f"{ACCOUNT}app/").url == f"/o/{member.organization.slug}/{ACCOUNT}app/off/"
    assert reader.send(f"{ACCOUNT}app/", code="123456").status == 422
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_secret_is_not_stored_in_the_clear(reader, member):
    secret, _page = turn_on(reader)
    codes = codes_on(reader.read(f"{ACCOUNT}codes/"))

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert [clear for clear in (secret, *codes) if clear in stored] == []
    assert SecondFactors().decrypt(Authenticator.objects.get(type="totp").data["secret"]) == secret


def test_secret_is_read_with_the_key_before_and_with_no_other(settings):
    stored = SecondFactors().encrypt("secret")

    with override_settings(SECRET_KEY="n" * 32, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert SecondFactors().decrypt(stored) == "secret"
    with override_settings(SECRET_KEY="n" * 32), pytest.raises(Exception, match="This code is wrong"):
        SecondFactors().decrypt(stored)


def test_recovery_codes_are_shown_once(reader):
    turn_on(reader)

    first, second = reader.read(f"{ACCOUNT}codes/"), reader.read(f"{ACCOUNT}codes/")

    codes = codes_on(first)
    assert (len(codes), codes_on(second), "10 codes are left." in second.html) == (10, [], True)
    assert (
        f'download="kontor-recovery-codes.txt" href="data:text/plain;charset=utf-8,{"%0A".join(codes)}%0A"'
        in first.html
    )


def test_new_recovery_codes_replace_the_old_ones(reader, member):
    give_app(member.user)
    before = give_recovery_codes(member.user)

    reader.send(f"{ACCOUNT}codes/")

    after = codes_on(reader.read(f"{ACCOUNT}codes/"))
    assert (len(after), set(after) & set(before)) == (10, set())


def test_recovery_codes_without_a_second_factor_are_not_there(reader):
    assert (reader.read(f"{ACCOUNT}codes/").status, reader.send(f"{ACCOUNT}codes/").status) == (404, 404)


def test_app_is_turned_off_and_its_recovery_codes_go_along(reader, member):
    turn_on(reader)

    page = reader.send(f"{ACCOUNT}app/off/")

    assert page.url == f"/o/{member.organization.slug}/{ACCOUNT}"
    assert reader.read(ACCOUNT).toasts == ["Your app is no second factor any more"]
    assert (second_factor.is_on(member.user), Authenticator.objects.count()) == (False, 0)


def test_app_that_is_not_on_is_not_turned_off(reader):
    assert (reader.read(f"{ACCOUNT}app/off/").status, reader.send(f"{ACCOUNT}app/off/").status) == (404, 404)


def test_nobody_turns_off_the_app_of_somebody_else(reader, owner):
    give_app(owner.user)

    assert reader.send(f"{ACCOUNT}app/off/").status == 404
    assert second_factor.is_on(owner.user)


def test_operator_deletes_the_app_of_who_lost_their_phone(desk, member):
    give_app(member.user)
    app = Authenticator.objects.get()

    page = desk.get(f"/admin/mfa/authenticator/{app.pk}/change/").content.decode()
    desk.post(f"/admin/mfa/authenticator/{app.pk}/delete/", {"post": "yes"})

    assert (app.data["secret"] in page, second_factor.is_on(member.user)) == (False, False)
