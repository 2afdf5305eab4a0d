"""The page of members: every role reads it; owners and admins change roles."""

import pytest

from organizations.models import Membership
from organizations.roles import Role
from organizations.tests.factories import MembershipFactory

ADMINISTRATORS_ONLY = "Only an owner or an admin may change this."
LAST_OWNER = "An organization needs an owner: make somebody else one first."


def names(page):
    return page.all(r'<span class="truncate">([^<@]*?)[ <]*<span class="(?:badge|sub)')


def banners(page):
    return page.all('class="banner">(.*?)</p>')


def role_of(membership):
    return Membership.objects.get(pk=membership.pk).role


def test_members_by_name_with_role_and_address(at, owner, member, stranger):
    page = at(member).read("members/")

    assert (page.status, names(page)) == (200, ["Max Member", "Olga Owner"])
    assert page.all('<span class="sub truncate">(.*?)</span>') == [member.user.email, owner.user.email]
    assert page.all("<td>(.*?)</td>") == ["Member", "Owner"]


@pytest.mark.parametrize(
    ("role", "reasons", "forms"),
    [
        ("owner", [], 4),
        ("admin", ["Only an owner may make or unmake an owner."], 3),
        ("manager", [ADMINISTRATORS_ONLY], 0),
        ("member", [ADMINISTRATORS_ONLY], 0),
    ],
)
def test_who_may_change_roles_is_offered_it_and_others_the_reason(
    at, request, owner, admin, manager, member, role, reasons, forms
):
    page = at(request.getfixturevalue(role)).read("members/")

    assert (banners(page), page.html.count('class="role-form"')) == (reasons, forms)


def test_admin_is_not_offered_to_make_owners(at, admin):
    assert at(admin).read("members/").all("<option[^>]*>(.*?)</option>") == ["Admin", "Manager", "Member"]


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_changing_a_role(at, request, role, member):
    reader = at(request.getfixturevalue(role))

    page = reader.send(f"members/{member.pk}/role/", role="manager", seen_version=member.version)

    assert (page.status, page.url, role_of(member)) == (302, f"{reader.place}members/", "manager")
    shown = reader.read("members/")
    assert shown.toasts == ["Max Member: Manager"]
    assert '<input type="hidden" name="role" value="member">' in shown.html


def test_ones_own_role_is_not_given_back_with_a_button(at, owner, organization):
    MembershipFactory(organization=organization, role=Role.OWNER)
    reader = at(owner)

    reader.send(f"members/{owner.pk}/role/", role="member")

    assert (role_of(owner), "Undo" in reader.read("members/").html) == ("member", False)


@pytest.mark.parametrize(
    ("by", "whose", "role", "reason"),
    [
        ("manager", "member", "manager", "Only an owner or an admin may change members."),
        ("member", "member", "admin", "Only an owner or an admin may change members."),
        ("admin", "owner", "member", "Only an owner may make or unmake an owner."),
        ("admin", "member", "owner", "Only an owner may make or unmake an owner."),
        ("owner", "owner", "member", LAST_OWNER),
        ("owner", "member", "", "This field cannot be blank."),
        ("owner", "member", "king", "Value &#x27;king&#x27; is not a valid choice."),
    ],
)
def test_refusal_is_said_above_the_list_and_changes_nothing(at, request, owner, by, whose, role, reason):
    whose = request.getfixturevalue(whose)
    before = role_of(whose)

    page = at(request.getfixturevalue(by)).send(f"members/{whose.pk}/role/", role=role)

    assert (page.status, page.reasons, role_of(whose)) == (422, [reason], before)


def test_role_that_was_changed_in_the_meantime_is_not_changed(at, owner, member):
    page = at(owner).send(f"members/{member.pk}/role/", role="admin", seen_version=7)

    assert page.reasons == ["This record was changed in the meantime. Load it again."]


@pytest.mark.parametrize("count", [1, 20])
def test_list_asks_the_database_as_often_for_many_members(at, owner, django_assert_num_queries, count):
    for _ in range(count):
        MembershipFactory(organization=owner.organization)
    reader = at(owner)

    with django_assert_num_queries(6):
        reader.read("members/")
