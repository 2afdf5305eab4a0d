"""Deleting an organization by page: only an owner, who writes its short name."""

import pytest

from contacts.models import Contact
from contacts.tests.factories import ContactFactory
from organizations.models import Organization
from organizations.tests.factories import MembershipFactory

SENTENCE = "Write the organization's short name to confirm that everything in it is lost."


def test_owner_deletes_it_with_everything_in_it(at, owner):
    ContactFactory(by=owner)
    other = MembershipFactory(user=owner.user, organization__slug="other")
    reader = at(owner)

    page = reader.send("settings/delete/", confirm=f" {owner.organization.slug} ")

    assert (page.status, page.url) == (302, "/")
    assert (list(Organization.objects.all()), Contact.objects.count()) == ([other.organization], 0)
    reader.place = "/o/other/"
    assert reader.read("contacts/").toasts == [f"Deleted {owner.organization} and everything in it"]


def test_whoever_has_no_other_one_is_told_too(at, owner):
    reader = at(owner)
    reader.send("settings/delete/", confirm=owner.organization.slug)

    reader.place = "/"
    page = reader.read("")

    assert (page.heading, page.toasts) == (
        "You are in no organization",
        [f"Deleted {owner.organization} and everything in it"],
    )


@pytest.mark.parametrize("confirm", ["", "wrong", "organization"])
def test_nothing_is_deleted_without_its_short_name(at, owner, confirm):
    sentence = SENTENCE if confirm else "This field is required."

    page = at(owner).send("settings/delete/", confirm=confirm)

    assert page.all('class="error".*?</svg>(.*?)</p>') == [sentence.replace("'", "&#x27;")]
    assert (page.status, Organization.objects.count()) == (422, 1)


@pytest.mark.parametrize("role", ["admin", "manager", "member"])
def test_others_are_told_who_may_and_do_not_delete_it_anyway(at, request, role):
    by = request.getfixturevalue(role)

    shown = at(by).read("settings/delete/")
    sent = at(by).send("settings/delete/", confirm=by.organization.slug)

    assert (shown.fields, shown.all('class="banner">(.*?)</p>')) == ([], ["Only an owner may delete the organization."])
    assert (sent.status, Organization.objects.count()) == (422, 1)
