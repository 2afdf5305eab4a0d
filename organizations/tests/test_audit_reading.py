"""Owners and admins read the audit, by API and by page; to others it says why not."""

import pytest

from organizations import tokens
from organizations.audit import AuditEntry, Type
from organizations.roles import Role
from organizations.tests.answers import refusal

pytestmark = pytest.mark.django_db

AUDIT = "/api/v1/audit"


@pytest.fixture(autouse=True)
def _entries(owner, admin, stranger):
    for membership in (owner, admin, stranger):
        tokens.issue(membership.user)


def test_entry_as_the_api_shows_it(call, owner, admin):
    answer = call(owner).get(AUDIT, {"page_size": 1}).json()

    entry = AuditEntry.objects.get(author=admin.user)
    assert (answer["count"], answer["results"]) == (
        2,
        [
            {
                "id": entry.pk,
                "type": "signed_in",
                "author_id": admin.user_id,
                "author_name": "Adam Admin",
                "about": admin.user.email,
                "payload": {"by": "program"},
                "address": None,
                "browser": "",
                "created_at": entry.created_at.isoformat().replace("+00:00", "Z"),
            }
        ],
    )


@pytest.mark.parametrize("role", ["manager", "member"])
def test_others_are_refused(request, call, at, role):
    by = request.getfixturevalue(role)

    assert refusal(call(by).get(AUDIT)) == (403, "administrators_only")
    page = at(by).read("settings/audit/")
    assert "Only an owner or an admin may read the audit." in page.html
    assert "Signed in" not in page.html


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_the_api_takes_nothing(call, owner, verb):
    assert getattr(call(owner), verb)(AUDIT, {}).status_code == 405


def test_by_cursor(call, owner):
    first = call(owner).get(AUDIT, {"cursor": "", "page_size": 1}).json()
    second = call(owner).get(first["next"]).json()

    authors = [entry["author_name"] for page in (first, second) for entry in page["results"]]
    assert (authors, second["next"]) == (["Adam Admin", "Olga Owner"], None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"type": "signed_in"}, 2),
        ({"type": "role_changed"}, 0),
        ({"created_before": "2020-01-01"}, 0),
        ({"created_after": "2020-01-01"}, 2),
    ],
)
def test_narrowed(call, owner, query, found):
    assert call(owner).get(AUDIT, query).json()["count"] == found


def test_narrowed_to_an_author_who_left(call, owner, admin):
    admin.delete_by(owner)

    assert call(owner).get(AUDIT, {"author_id": admin.user_id, "type": "signed_in"}).json()["count"] == 1


@pytest.mark.parametrize("query", [{"type": "nothing"}, {"author_id": 10**9}, {"what": "x"}])
def test_nonsense_is_refused(call, owner, query):
    assert call(owner).get(AUDIT, query).status_code == 400


def test_author_of_another_organization_is_nobody(call, owner, stranger):
    answers = [call(owner).get(AUDIT, {"author_id": number}) for number in (stranger.user_id, 10**9)]

    assert [refusal(answer) for answer in answers] == [(400, [("/author_id", "invalid_choice")])] * 2


def test_page_says_who_did_what(at, owner, admin, member):
    member.role = Role.MANAGER
    member.save_by(admin)

    page = at(owner).read("settings/audit/", type=Type.ROLE_CHANGED)

    cells = [" ".join(text.split()) for text in page.all(r"<t[hd][^>]*>(.*?)</t[hd]>")[4:]]
    # The name stands twice: under the event where a phone has no room for a column.
    assert cells[:2] == [f"Role changed{member.user.email}: Member → ManagerAdam Admin", "Adam Admin"]


def test_page_of_an_odd_query_is_empty(at, owner):
    assert "There is no such entry." in at(owner).read("settings/audit/", author_id="x").html


@pytest.mark.parametrize(
    ("told", "shown"),
    [("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/145.0", "Firefox on Linux"), ("curl/8.5", "curl/8.5")],
)
def test_page_names_the_browser_as_people_do(at, owner, told, shown):
    AuditEntry.objects.create(
        organization=owner.organization, type=Type.SIGNED_IN, author=owner.user, about="x", browser=told
    )

    assert f'<span class="sub truncate">{shown}</span>' in at(owner).read("settings/audit/").html
