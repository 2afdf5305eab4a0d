"""Which organization a page is about: the one in its path, and no other."""

import re

import pytest

from contacts.tests.factories import ContactFactory
from organizations.tests.factories import MembershipFactory


def switcher(response):
    menu = response.content.decode().split('id="workspace-menu"')[1].split("</div>")[0]
    return re.findall(r'<a href="([^"]+)"( aria-current="true")?>.*?</span>(.*?)</a>', menu)


def test_signed_in_one_begins_in_the_first_organization(client, owner, stranger):
    MembershipFactory(user=owner.user, organization=stranger.organization)
    client.force_login(owner.user)

    assert client.get("/").url == f"/o/{owner.organization.slug}/"


def test_operator_who_is_a_member_begins_there(client, owner):
    owner.user.is_staff = True
    owner.user.save()
    client.force_login(owner.user)

    assert client.get("/").url == f"/o/{owner.organization.slug}/"


def test_each_organization_shows_its_own(client, owner, stranger):
    MembershipFactory(user=owner.user, organization=stranger.organization)
    ContactFactory(by=owner, name="Anna Karg")
    ContactFactory(by=stranger, name="Bert Fremd")
    client.force_login(owner.user)

    here = client.get(f"/o/{owner.organization.slug}/contacts/").content.decode()
    there = client.get(f"/o/{stranger.organization.slug}/contacts/").content.decode()

    assert [name in here for name in ("Anna Karg", "Bert Fremd")] == [True, False]
    assert [name in there for name in ("Anna Karg", "Bert Fremd")] == [False, True]


def test_role_is_that_of_the_organization_in_the_path(client, owner, stranger):
    MembershipFactory(user=owner.user, organization=stranger.organization)
    contact = ContactFactory(by=stranger)
    client.force_login(owner.user)

    response = client.post(f"/o/{stranger.organization.slug}/contacts/{contact.pk}/delete/")

    assert (response.status_code, "You may delete only what you own." in response.content.decode()) == (422, True)


def test_header_of_the_api_does_not_lead_a_page_elsewhere(client, owner, stranger):
    client.force_login(stranger.user)
    headers = {"X-Organization-Id": str(stranger.organization_id)}

    assert client.get(f"/o/{owner.organization.slug}/contacts/", headers=headers).status_code == 404


def test_organization_of_others_is_like_one_that_never_was(client, owner, stranger):
    client.force_login(stranger.user)

    theirs, none = client.get(f"/o/{owner.organization.slug}/contacts/"), client.get("/o/nothing/contacts/")

    assert (theirs.status_code, theirs.content) == (404, none.content)


def test_removed_member_is_out_at_once(client, owner, member):
    client.force_login(member.user)
    member.delete_by(owner)

    assert client.get(f"/o/{owner.organization.slug}/contacts/").status_code == 404


def test_operator_is_no_member_of_what_they_operate(desk, owner):
    assert desk.get(f"/o/{owner.organization.slug}/contacts/").status_code == 404


def test_switcher_names_ones_own_organizations(client, owner, stranger):
    other = MembershipFactory(user=owner.user, organization__name="Aaa")
    client.force_login(owner.user)

    here = owner.organization
    assert switcher(client.get(f"/o/{here.slug}/contacts/")) == [
        (f"/o/{other.organization.slug}/", "", "Aaa"),
        (f"/o/{here.slug}/", ' aria-current="true"', here.name),
    ]


@pytest.mark.parametrize("path", ["", "contacts/", "contacts/1/edit/"])
def test_whoever_is_not_signed_in_comes_back_afterwards(client, owner, path):
    path = f"/o/{owner.organization.slug}/{path}"

    assert client.get(path).url == f"/sign-in/?next={path}"


def test_page_is_not_kept_by_the_browser(client, owner):
    client.force_login(owner.user)

    response = client.get(f"/o/{owner.organization.slug}/contacts/")

    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
