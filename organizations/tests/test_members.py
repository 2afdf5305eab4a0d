"""Members: listing them, changing their roles, and an organization's last owner, who stays."""

import pytest
from rest_framework.test import APIClient

from organizations.models import Membership
from organizations.roles import Role
from organizations.tests.answers import refusal
from organizations.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

MEMBERS = "/api/v1/members"


def one(membership):
    return f"{MEMBERS}/{membership.pk}"


def shown(membership):
    return {
        "id": membership.pk,
        "user_id": membership.user_id,
        "name": membership.user.name,
        "email": membership.user.email,
        "role": membership.role,
        "created_at": membership.created_at.isoformat().replace("+00:00", "Z"),
        "version": membership.version,
    }


def roles():
    return list(Membership.objects.order_by("pk").values_list("role", flat=True))


def test_members_are_listed_in_the_order_of_their_coming(call, owner, admin, member, stranger):
    assert call(member).get(MEMBERS).json() == {
        "count": 3,
        "next": None,
        "previous": None,
        "results": [shown(owner), shown(admin), shown(member)],
    }


def test_one_member(call, owner, member):
    assert call(owner).get(one(member)).json() == shown(member)


@pytest.mark.parametrize("more", [0, 29])
def test_list_costs_two_queries(call, owner, more, django_assert_num_queries):
    MembershipFactory.create_batch(more, organization=owner.organization)
    caller = call(owner)

    with django_assert_num_queries(2):
        assert len(caller.get(f"{MEMBERS}?page_size=100").json()["results"]) == 1 + more


def test_detail_costs_two_queries(call, owner, member, django_assert_num_queries):
    caller = call(owner)

    with django_assert_num_queries(2):
        caller.get(one(member))


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
@pytest.mark.parametrize("key", ["0", "-1", "1.0", "01", "me", "999999", str(2**63), "9" * 50, "٣"])
def test_id_that_is_none_is_not_there(call, owner, method, key):
    assert refusal(getattr(call(owner), method)(f"{MEMBERS}/{key}")) == (404, "not_found")


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_members_of_others_are_not_there(call, owner, stranger, method):
    assert refusal(getattr(call(owner), method)(one(stranger))) == (404, "not_found")


@pytest.mark.parametrize("query", ["role=owner", "search=x", "user_id=1"])
def test_unknown_parameter_is_refused(call, owner, query):
    assert refusal(call(owner).get(f"{MEMBERS}?{query}")) == (400, [(f"/{query.split('=')[0]}", "unknown_parameter")])


def test_members_are_not_made_but_invited(call, owner):
    assert refusal(call(owner).post(MEMBERS, {"user_id": 1, "role": "member"})) == (405, "method_not_allowed")


# Changing a role


@pytest.mark.parametrize("role", ["owner", "admin", "manager"])
def test_role_is_changed(call, owner, member, role):
    answer = call(owner).patch(one(member), {"role": role})

    member.refresh_from_db()
    assert (answer.status_code, answer.json()) == (200, shown(member))
    assert (member.role, member.version) == (role, 1)


def test_new_role_counts_at_once(call, owner, member):
    caller = call(member)
    call(owner).patch(one(member), {"role": "admin"})

    assert caller.patch("/api/v1/organizations/current", {"name": "Ours"}).status_code == 200


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"role": "boss"}, [("/role", "invalid_choice")]),
        ({"role": "Owner"}, [("/role", "invalid_choice")]),
        ({"role": ""}, [("/role", "invalid_choice")]),
        ({"role": None}, [("/role", "null")]),
        ({"role": ["owner"]}, [("/role", "invalid_choice")]),
        ({"user_id": 1}, [("/user_id", "read_only_field")]),
        ({"name": "x", "email": "x"}, [("/email", "read_only_field"), ("/name", "read_only_field")]),
        ({"organization": 1}, [("/organization", "unknown_field")]),
    ],
)
def test_wrong_change_is_named_and_changes_nothing(call, owner, member, change, errors):
    assert refusal(call(owner).patch(one(member), change)) == (400, errors)
    assert roles() == ["owner", "member"]


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_stale_version_is_refused_with_the_current_one(call, owner, member, method):
    caller = call(owner)
    tag = caller.get(one(member))["ETag"]
    current = caller.patch(one(member), {"role": "manager"}).json()

    answer = getattr(caller, method)(one(member), {"role": "admin"}, headers={"If-Match": tag})

    assert refusal(answer) == (412, "stale_version")
    assert answer.json()["current"] == current
    assert roles() == ["owner", "manager"]


# The last owner


@pytest.mark.parametrize("role", ["admin", "manager", "member"])
def test_last_owner_is_not_demoted(call, owner, admin, role):
    assert refusal(call(owner).patch(one(owner), {"role": role})) == (409, "last_owner")
    assert roles() == ["owner", "admin"]


def test_last_owner_does_not_leave(call, owner, admin):
    assert refusal(call(owner).delete(one(owner))) == (409, "last_owner")
    assert roles() == ["owner", "admin"]


def test_last_owner_is_not_saved_by_owners_elsewhere(call, owner, stranger):
    MembershipFactory(organization=stranger.organization, user=owner.user, role=Role.OWNER)

    assert refusal(call(owner).delete(one(owner))) == (409, "last_owner")


def test_one_of_two_owners_is_demoted_and_the_other_stays(call, owner):
    second = MembershipFactory(organization=owner.organization, role=Role.OWNER)

    assert call(owner).patch(one(owner), {"role": "member"}).status_code == 200
    assert refusal(call(second).patch(one(second), {"role": "member"})) == (409, "last_owner")


def test_one_of_two_owners_leaves_and_the_other_stays(call, owner):
    second = MembershipFactory(organization=owner.organization, role=Role.OWNER)

    assert call(second).delete(one(second)).status_code == 204
    assert refusal(call(owner).delete(one(owner))) == (409, "last_owner")


@pytest.mark.parametrize("give_up", [lambda caller, path: caller.patch(path, {"role": "admin"}), APIClient.delete])
def test_owner_who_can_not_sign_in_counts_for_none(call, owner, give_up):
    MembershipFactory(organization=owner.organization, role=Role.OWNER, user__is_active=False)

    assert refusal(give_up(call(owner), one(owner))) == (409, "last_owner")
    assert roles() == ["owner", "owner"]


def test_owner_who_can_not_sign_in_is_removed(call, owner):
    gone = MembershipFactory(organization=owner.organization, role=Role.OWNER, user__is_active=False)

    assert call(owner).delete(one(gone)).status_code == 204
    assert roles() == ["owner"]


def demote(caller, membership):
    return caller.patch(one(membership), {"role": "member"})


def remove(caller, membership):
    return caller.delete(one(membership))


@pytest.mark.parametrize(("first", "other"), [(demote, demote), (remove, remove), (demote, remove)])
def test_of_two_owners_who_give_up_at_once_one_stays(race, call, owner, first, other):
    second = MembershipFactory(organization=owner.organization, role=Role.OWNER)

    answers = race(lambda: first(call(owner), owner), lambda: other(call(second), second))

    assert sorted(answer.status_code for answer in answers)[1:] == [409]
    assert roles().count("owner") == 1


@pytest.mark.parametrize(("first", "other"), [(demote, demote), (remove, remove), (demote, remove)])
def test_of_two_owners_who_turn_on_each_other_one_stays(race, call, owner, first, other):
    second = MembershipFactory(organization=owner.organization, role=Role.OWNER)

    answers = race(lambda: first(call(owner), second), lambda: other(call(second), owner))

    assert sorted(answer.status_code for answer in answers)[0] in (200, 204)
    assert sorted(answer.status_code for answer in answers)[1] in (403, 409)
    assert roles().count("owner") == 1


@pytest.mark.parametrize("_round", range(3))
def test_member_removed_twice_at_once_is_removed_once(race, call, owner, member, _round):
    answers = race(*[lambda: remove(call(owner), member)] * 2)

    assert sorted(answer.status_code for answer in answers) == [204, 404]
    assert roles() == ["owner"]
