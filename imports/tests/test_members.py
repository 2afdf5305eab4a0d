"""Rows become members, known again by their e-mail address."""

import pytest

from organizations.models import Membership, User
from organizations.roles import Role
from organizations.tests.factories import MembershipFactory, UserFactory

MAPPING = 'fields = {email = "mail", name = "name", role = "role"}'


@pytest.fixture
def members(import_csv, owner):
    def run(rows, *options):
        return import_csv("members", "mail,name,role\n" + rows, MAPPING, *options)

    return run


def test_member_is_created_with_a_user_who_has_no_password(members, organization):
    answer = members("Ann@Example.com,Ann,manager\n")

    assert answer.said == "1 created, 0 changed, 0 unchanged, 0 refused."
    member = Membership.objects.get(user__email="ann@example.com")
    assert (member.organization, member.role, member.user.name) == (organization, Role.MANAGER, "Ann")
    assert not member.user.has_usable_password()


def test_role_that_is_not_said_is_member(import_csv, organization):
    import_csv("members", "mail\nann@example.com\n", 'fields.email = "mail"\nfields.name = "mail"')

    assert Membership.objects.get().role == Role.MEMBER


def test_user_of_another_organization_is_reused_as_they_are(members, organization):
    ann = UserFactory(email="ann@example.com", name="Ann Lee", password="correct horse battery")

    answer = members("ANN@example.com,Somebody else,member\n")

    assert answer.said == "1 created, 0 changed, 0 unchanged, 0 refused."
    assert Membership.objects.get(organization=organization, user=ann).role == Role.MEMBER
    ann.refresh_from_db()
    assert (ann.name, ann.check_password("correct horse battery")) == ("Ann Lee", True)


def test_same_file_twice_changes_nothing(members):
    members("ann@example.com,Ann,manager\n")
    before = list(Membership.objects.order_by("id").values())

    answer = members("ann@example.com,Ann,manager\n")

    assert answer.said == "0 created, 0 changed, 1 unchanged, 0 refused."
    assert list(Membership.objects.order_by("id").values()) == before


def test_another_role_changes_the_member(members):
    members("ann@example.com,Ann,member\n")

    answer = members("ann@example.com,Ann,manager\n")

    assert answer.said == "0 created, 1 changed, 0 unchanged, 0 refused."
    assert Membership.objects.get(user__email="ann@example.com").role == Role.MANAGER


def test_row_that_repeats_another_changes_nothing(members):
    answer = members("ann@example.com,Ann,member\nANN@example.com,Ann,member\n")

    assert answer.said == "1 created, 0 changed, 1 unchanged, 0 refused."


def test_row_that_gives_another_role_than_one_before_is_refused(members):
    answer = members("ann@example.com,Ann,member\nann@example.com,Ann,admin\n")

    assert answer.refusals == ["rows.csv:3: role: Line 2 gives this member another role."]


def test_bad_address_and_missing_name_are_refused(members):
    answer = members("ann,,member\n")

    assert answer.refusals == [
        "rows.csv:2: email: Enter a valid email address.",
        "rows.csv:2: name: This field cannot be blank.",
    ]


def test_refused_member_leaves_no_user_behind(members):
    answer = members("ann@example.com,Ann,boss\nbob@example.com,Bob,member\n", "--keep-good")

    assert answer.refusals == ["rows.csv:2: role: Value 'boss' is not a valid choice."]
    assert list(User.objects.filter(email__in=["ann@example.com", "bob@example.com"]).values_list("name")) == [("Bob",)]


def test_refusal_keeps_users_out_too(members):
    members("ann@example.com,Ann,boss\nbob@example.com,Bob,member\n")

    assert not User.objects.filter(email="bob@example.com").exists()


def test_last_owner_stays_one(members, organization, owner):
    second = MembershipFactory(organization=organization, role=Role.OWNER)

    answer = members(f"{owner.user.email},Olga,member\n{second.user.email},Sam,member\n", "--keep-good")

    assert answer.refusals == ["rows.csv:3: An organization needs an owner: make somebody else one first."]
    assert list(Membership.objects.order_by("id").values_list("role", flat=True)) == ["member", "owner"]
