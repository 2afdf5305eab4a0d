"""Which organization a request is about: the header, and what is answered where it is missing or not yours."""

import pytest
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import RefreshToken

from organizations.roles import Role
from organizations.tests.answers import refusal
from organizations.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

PATHS = [
    "/organizations/current",
    "/members",
    "/members/1",
    "/invitations",
    "/exchange-rates",
    "/contacts",
    "/companies",
    "/deals",
    "/deals/1/activities",
    "/tasks",
    "/pipelines",
    "/stages",
    "/activities",
    "/analytics/deals/summary",
    "/analytics/deals/funnel",
]


def caller_of(membership, header):
    caller = APIClient()
    token = RefreshToken.for_user(membership.user).access_token
    named = {"HTTP_X_ORGANIZATION_ID": str(header)} if header is not None else {}
    caller.credentials(HTTP_AUTHORIZATION=f"Bearer {token}", HTTP_X_REQUEST_ID="same", **named)
    return caller


def get(membership, path, header):
    return caller_of(membership, header).get(f"/api/v1{path}")


@pytest.mark.parametrize("path", PATHS)
def test_missing_header_is_named(owner, path):
    assert refusal(get(owner, path, None)) == (400, "organization_required")


@pytest.mark.parametrize(
    "header", ["", "abc", "0", "-1", "1.0", "1e3", "01", "+1", "1,2", "1 2", "null", 2**63, "9" * 100, "１", "\x00"]
)
def test_malformed_header_is_named(owner, header):
    assert refusal(get(owner, "/members", header)) == (400, "organization_invalid")


@pytest.mark.parametrize("path", PATHS)
def test_unknown_organization_and_that_of_others_are_told_the_same(owner, stranger, path):
    foreign = get(owner, path, stranger.organization_id)
    unknown = get(owner, path, stranger.organization_id + 1000)
    largest = get(owner, path, 2**63 - 1)

    assert refusal(foreign) == (403, "not_a_member")
    assert foreign.content == unknown.content == largest.content
    assert foreign.headers.items() == unknown.headers.items() == largest.headers.items()


def test_unknown_organization_and_that_of_others_cost_the_same(owner, stranger, django_assert_num_queries):
    for organization_id in (stranger.organization_id, stranger.organization_id + 1000):
        with django_assert_num_queries(2):
            get(owner, "/members", organization_id)


def test_header_chooses_among_ones_own_organizations(owner, stranger):
    MembershipFactory(organization=stranger.organization, user=owner.user, role=Role.MEMBER)

    for organization_id in (owner.organization_id, stranger.organization_id):
        assert get(owner, "/organizations/current", organization_id).json()["id"] == organization_id


def test_role_is_that_of_the_organization_of_the_header(owner, stranger):
    MembershipFactory(organization=stranger.organization, user=owner.user, role=Role.MEMBER)

    answer = caller_of(owner, stranger.organization_id).patch("/api/v1/organizations/current", {"name": "Mine"})

    assert refusal(answer) == (403, "administrators_only")


def test_removed_member_is_out_at_once(call, owner, member):
    caller = call(member)
    call(owner).delete(f"/api/v1/members/{member.pk}")

    assert refusal(caller.get("/api/v1/members")) == (403, "not_a_member")


def test_who_one_is_comes_before_where_one_stands(client, organization):
    assert refusal(client.get("/api/v1/members")) == (401, "not_authenticated")


@pytest.mark.parametrize("path", ["/users/me", "/organizations", "/organizations/me"])
@pytest.mark.parametrize("header", [None, "", "abc", "999999"])
def test_header_does_not_matter_where_none_is_needed(owner, path, header):
    assert get(owner, path, header).status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "/users/me", "/organizations", "/organizations/me"])
def test_every_path_answers_with_a_trailing_slash_as_without(owner, path):
    plain = get(owner, path, owner.organization_id)
    slashed = get(owner, f"{path}/", owner.organization_id)

    assert (slashed.status_code, slashed.content) == (plain.status_code, plain.content)


@pytest.mark.parametrize("path", ["/auth/register", "/auth/login", "/auth/refresh", "/invitations/accept"])
def test_every_path_before_a_login_takes_a_trailing_slash(client, path):
    answers = [
        client.post(f"/api/v1{path}{slash}", {}, content_type="application/json", headers={"X-Request-Id": "same"})
        for slash in ("", "/")
    ]

    assert answers[0].status_code == 400
    assert answers[0].content == answers[1].content
