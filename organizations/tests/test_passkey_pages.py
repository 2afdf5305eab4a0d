"""My passkeys: added, named and removed by who has just shown who it is; nobody else's."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from organizations import second_factor
from organizations.tests.factories import PASSWORD
from organizations.tests.passkeys import FLAG, HOST, Device, options_on
from organizations.tests.second_factors import give_app, give_recovery_codes

pytestmark = pytest.mark.django_db

ACCOUNT = "settings/account/"
ADD = f"{ACCOUNT}passkeys/add/"
REFUSED = "Your browser handed over no passkey that is good here. Try again; it takes JavaScript."


@pytest.fixture
def reader(at, member):
    """The member at localhost, who has just shown who it is."""
    reader = at(member)
    reader.defaults["HTTP_HOST"] = HOST
    reader.post("/confirm/password/", {"password": PASSWORD})
    return reader


@pytest.fixture
def device(member):
    return Device(member.user)


def challenge_on(page):
    return options_on(page.html)["challenge"]


def add(reader, device, name="Phone", **options):
    credential = device.create(challenge_on(reader.read(ADD)), **options)
    return reader.send(ADD, name=name, credential=json.dumps(credential))


def address(member, path=""):
    return f"/o/{member.organization.slug}/{ACCOUNT}{path}"


def names():
    return [passkey.wrap().name for passkey in Authenticator.objects.filter(type="webauthn").order_by("pk")]


@pytest.mark.parametrize("path", ["passkeys/add/", "passkeys/{pk}/name/", "passkeys/{pk}/remove/"])
def test_page_asks_for_the_password_first(at, member, device, path):
    path = path.format(pk=device.added().pk)

    page = at(member).read(ACCOUNT + path)

    assert (page.status, page.url) == (302, f"/confirm/password/?next={address(member, path).replace('/', '%2F')}")


def test_browser_is_asked_for_a_passkey_that_signs_in_alone(reader, member):
    options = options_on(reader.read(ADD).html)

    asked = options["authenticatorSelection"]
    assert (options["rp"], options["user"]["name"]) == ({"id": "localhost", "name": "Kontor"}, member.user.email)
    assert (asked["residentKey"], asked["userVerification"]) == ("required", "required")


def test_passkey_is_added_and_recovery_codes_with_it(transactional_db, reader, member, device):
    page = add(reader, device, "  Blue key ")

    assert (page.status, page.url) == (302, address(member, "codes/"))
    assert (names(), second_factor.is_on(member.user)) == (["Blue key"], True)
    assert Authenticator.objects.filter(user=member.user, type="recovery_codes").count() == 1
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == ([member.user.email], "Your account has a new passkey")


def test_second_passkey_makes_no_new_codes(reader, member, device):
    give_app(member.user)
    codes = give_recovery_codes(member.user)

    page = add(reader, device)

    assert (page.url, reader.read(ACCOUNT).toasts) == (address(member), ["Added the passkey Phone"])
    assert Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes() == codes


def test_device_that_has_one_is_not_asked_for_another(reader, device):
    add(reader, device)

    assert [each["id"] for each in options_on(reader.read(ADD).html)["excludeCredentials"]] == [
        device.create("YW55")["id"]
    ]


@pytest.mark.parametrize(
    "flags", [FLAG.UP | FLAG.AT, FLAG.UV | FLAG.AT, FLAG.UP | FLAG.UV], ids=["no finger", "nobody there", "no key"]
)
def test_passkey_that_says_too_little_is_refused(reader, member, device, flags):
    page = add(reader, device, flags=flags)

    assert (page.errors, second_factor.is_on(member.user)) == ((422, {None: REFUSED}), False)


def test_passkey_for_another_question_is_refused(reader, member, device):
    reader.read(ADD)

    page = reader.send(ADD, name="Phone", credential=json.dumps(device.create("c29tZXRoaW5n")))

    assert (page.errors, second_factor.is_on(member.user)) == ((422, {None: REFUSED}), False)


def test_answer_is_good_once(reader, device):
    credential = json.dumps(device.create(challenge_on(reader.read(ADD))))
    reader.send(ADD, name="Phone", credential=credential)

    page = reader.send(ADD, name="Again", credential=credential)

    assert (page.errors, names()) == ((422, {None: REFUSED}), ["Phone"])


@pytest.mark.parametrize(
    "credential",
    ["", "x", "null", "5", "[]", "{}", '{"response": 5}', '{"rawId": 5, "response": {"clientDataJSON": 5}}',
     '{"rawId": "AA", "response": {"clientDataJSON": "e30", "attestationObject": "\\ud800"}}',
     '{"rawId": "AA", "response": {"clientDataJSON": "bnVsbA", "attestationObject": "oA"}}'],
)  # fmt: skip
def test_nonsense_is_no_passkey(reader, credential):
    reader.read(ADD)

    assert reader.send(ADD, name="Phone", credential=credential).errors == (422, {None: REFUSED})


def test_only_what_is_needed_is_kept(reader, device):
    credential = {**device.create(challenge_on(reader.read(ADD))), "more": "\0", "clientExtensionResults": {"a": "\0"}}

    reader.send(ADD, name="Phone", credential=json.dumps(credential))

    assert set(Authenticator.objects.get(type="webauthn").data["credential"]) == {"id", "rawId", "type", "response"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "This field is required."),
        ("x" * 101, "Ensure this value has at most 100 characters (it has 101)."),
        ("a\0b", "Null characters are not allowed."),
    ],
)
def test_name_is_asked_for(reader, device, name, said):
    assert add(reader, device, name).errors[1]["name"] == said
    assert names() == []


def test_account_lists_them_with_their_use(reader, device):
    device.added("Phone <b>")

    page = reader.read(ACCOUNT)

    assert page.all(r'<p class="sub">(Passkey since.*?)</p>') == page.all(r"(Passkey since \d+ \w+ \d+, not used yet)")
    assert "Phone &lt;b&gt;" in page.html


def test_passkey_is_renamed(reader, member, device):
    passkey = device.added()

    page = reader.send(f"{ACCOUNT}passkeys/{passkey.pk}/name/", name=" Old phone ")

    assert (page.url, names()) == (address(member), ["Old phone"])
    assert reader.read(ACCOUNT).toasts == ["Saved the passkey Old phone"]


def test_empty_name_is_refused(reader, device):
    passkey = device.added()

    page = reader.send(f"{ACCOUNT}passkeys/{passkey.pk}/name/", name=" ")

    assert (page.status, page.errors[1]["name"], names()) == (422, "This field is required.", ["Phone"])


def test_last_passkey_is_removed_and_its_recovery_codes_go_along(transactional_db, reader, member, device):
    passkey = device.added()
    give_recovery_codes(member.user)
    path = f"{ACCOUNT}passkeys/{passkey.pk}/remove/"

    warned = "your password alone signs in" in reader.read(path).html
    page = reader.send(path)

    assert (warned, page.url, Authenticator.objects.count()) == (True, address(member), 0)
    assert mail.outbox[-1].subject == "A passkey of your account is gone"


def test_recovery_codes_stay_while_there_is_an_app(reader, member, device):
    passkey = device.added()
    give_app(member.user)
    give_recovery_codes(member.user)
    path = f"{ACCOUNT}passkeys/{passkey.pk}/remove/"

    warned = "your password alone signs in" in reader.read(path).html
    reader.send(path)

    assert warned is False
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "totp"]


def test_app_that_is_not_the_last_goes_without_a_warning(reader, member, device):
    device.added()
    give_app(member.user)

    assert "your password alone signs in" not in reader.read(f"{ACCOUNT}app/off/").html


@pytest.mark.parametrize("path", ["name/", "remove/"])
def test_passkey_of_somebody_else_is_not_there(reader, owner, path):
    passkey = Device(owner.user).added()
    path = f"{ACCOUNT}passkeys/{passkey.pk}/{path}"

    assert (reader.read(path).status, reader.send(path, name="Mine").status, names()) == (404, 404, ["Phone"])
