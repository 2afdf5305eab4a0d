"""Removing a member and leaving: the page names what is handed over, and asks to whom."""

import pytest

from contacts.models import Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from organizations.models import Membership
from organizations.roles import Role
from organizations.tests.factories import MembershipFactory
from tasks.tests.factories import TaskFactory

LAST_OWNER = "An organization needs an owner: make somebody else one first."


def handed_over(page):
    return page.all('<li class="badge">(.*?)</li>')


def chosen(page):
    return page.all("<option[^>]* selected>(.*?)</option>")


def is_here(membership):
    return Membership.objects.filter(pk=membership.pk).exists()


def test_page_counts_what_the_member_answers_for(at, owner, member):
    task = TaskFactory(by=member)
    ContactFactory(by=member)
    TaskFactory(by=member, deal=task.deal)
    CompanyFactory(by=owner)

    page = at(owner).read(f"members/{member.pk}/remove/")

    assert handed_over(page) == ["2 contacts", "1 deal", "2 tasks"]
    assert (page.all("<h2[^>]*>(.*?)</h2>"), chosen(page)) == (["Remove Max Member"], ["Olga Owner (Owner)"])


def test_page_counts_in_the_language_of_its_reader(at, owner, member):
    TaskFactory(by=member)
    [ContactFactory(by=member) for _ in range(4)]
    owner.user.locale = "ru"
    owner.user.save()

    page = at(owner).read(f"members/{member.pk}/remove/")

    assert handed_over(page) == ["5 контактов", "1 сделка", "1 задача"]


def test_member_without_records_is_removed_without_a_question(at, owner, member):
    page = at(owner).read(f"members/{member.pk}/remove/")

    assert (page.fields, handed_over(page), "There is nothing to hand over." in page.html) == ([], [], True)


def test_records_go_to_whom_the_page_names(at, owner, manager, member):
    contact = ContactFactory(by=member)
    reader = at(owner)

    page = reader.send(f"members/{member.pk}/remove/", reassign_to=manager.pk, seen_version=member.version)

    assert (page.status, page.url) == (302, f"{reader.place}members/")
    assert (Contact.objects.get(pk=contact.pk).owner, is_here(member)) == (manager.user, False)
    assert reader.read("members/").toasts == ["Removed Max Member"]


def test_records_of_who_leaves_go_to_an_owner_unless_somebody_is_named(at, owner, member):
    ContactFactory(by=member)
    reader = at(member)

    shown = reader.read(f"members/{member.pk}/remove/")
    page = reader.send(f"members/{member.pk}/remove/")

    assert (shown.all("<h2[^>]*>(.*?)</h2>"), chosen(shown)) == (
        [f"Leave {member.organization}"],
        ["Olga Owner (Owner)"],
    )
    assert (page.status, page.url, Contact.objects.get().owner) == (302, "/", owner.user)
    reader.place = "/"
    assert reader.read("").toasts == [f"You left {member.organization}"]


@pytest.mark.parametrize(
    ("by", "whose", "reason"),
    [
        ("owner", "owner", LAST_OWNER),
        ("admin", "owner", "Only an owner may remove an owner."),
        ("manager", "member", "Only an owner or an admin may remove members."),
        ("member", "manager", "Only an owner or an admin may remove members."),
    ],
)
def test_who_stays_is_shown_why_and_stays_anyway(at, request, owner, by, whose, reason):
    by, whose = request.getfixturevalue(by), request.getfixturevalue(whose)
    ContactFactory(by=whose)

    shown = at(by).read(f"members/{whose.pk}/remove/")
    sent = at(by).send(f"members/{whose.pk}/remove/")

    assert (shown.status, shown.reasons, shown.fields) == (200, [reason], [])
    assert (sent.status, sent.reasons, is_here(whose)) == (422, [reason], True)


def test_one_of_two_owners_may_leave(at, owner):
    other = MembershipFactory(organization=owner.organization, role=Role.OWNER)

    at(owner).send(f"members/{owner.pk}/remove/")

    assert (is_here(owner), is_here(other)) == (False, True)


@pytest.mark.parametrize("heir", ["themselves", "stranger", "x", "9" * 30])
def test_only_another_member_takes_over(at, owner, member, stranger, heir):
    named = {"themselves": member.pk, "stranger": stranger.pk}.get(heir, heir)

    page = at(owner).send(f"members/{member.pk}/remove/", reassign_to=named)

    assert (page.status, is_here(member)) == (422, True)


def test_member_who_changed_in_the_meantime_stays(at, owner, member):
    page = at(owner).send(f"members/{member.pk}/remove/", seen_version=7)

    assert (page.reasons, is_here(member)) == (["This record was changed in the meantime. Load it again."], True)


@pytest.mark.parametrize("count", [1, 10])
def test_page_asks_the_database_as_often_for_many_records(at, owner, member, django_assert_num_queries, count):
    for _ in range(count):
        TaskFactory(by=member)
        MembershipFactory(organization=owner.organization)
    reader = at(owner)

    with django_assert_num_queries(11 + 2):  # a savepoint, where elsewhere is a transaction
        reader.read(f"members/{member.pk}/remove/")
