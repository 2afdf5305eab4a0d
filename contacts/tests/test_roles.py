"""Who may do what with contacts and companies."""

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory

KINDS = [("contacts", ContactFactory), ("companies", CompanyFactory)]
ROLES = ["owner", "admin", "manager", "member"]
STRONG = ["owner", "admin", "manager"]

pytestmark = pytest.mark.parametrize(("kind", "factory"), KINDS)


def code(response):
    return response.status_code, response.json()["code"]


@pytest.mark.parametrize("role", ROLES)
def test_everybody_reads_everything(call, request, owner, kind, factory, role):
    record = factory(by=owner)
    client = call(request.getfixturevalue(role))

    assert client.get(f"/api/v1/{kind}").json()["count"] == 1
    assert client.get(f"/api/v1/{kind}/{record.pk}").json()["id"] == record.pk


@pytest.mark.parametrize("role", ROLES)
def test_everybody_creates_as_their_own(call, request, kind, factory, role):
    by = request.getfixturevalue(role)

    shown = call(by).post(f"/api/v1/{kind}", {"name": "Anna", "owner_id": by.user_id}).json()

    assert shown["owner_id"] == by.user_id


@pytest.mark.parametrize("role", ROLES)
def test_everybody_changes_and_deletes_their_own(call, request, kind, factory, role):
    by = request.getfixturevalue(role)
    url = f"/api/v1/{kind}/{factory(by=by).pk}"

    assert call(by).patch(url, {"name": "Bea"}).json()["name"] == "Bea"
    assert call(by).delete(url).status_code == 204


@pytest.mark.parametrize("role", STRONG)
def test_a_manager_changes_and_deletes_those_of_others(call, request, member, kind, factory, role):
    by = request.getfixturevalue(role)
    url = f"/api/v1/{kind}/{factory(by=member).pk}"

    assert call(by).patch(url, {"name": "Bea"}).json()["name"] == "Bea"
    assert call(by).delete(url).status_code == 204


def test_a_member_neither_changes_nor_deletes_those_of_others(call, owner, member, kind, factory):
    record = factory(by=owner)
    url = f"/api/v1/{kind}/{record.pk}"

    assert code(call(member).patch(url, {"name": "Bea"})) == (403, "not_the_owner")
    assert code(call(member).delete(url)) == (403, "not_the_owner")
    assert (call(member).get(url).json()["name"], call(member).get(url).json()["version"]) == (record.name, 1)


@pytest.mark.parametrize("role", STRONG)
def test_a_manager_names_another_owner(call, request, member, kind, factory, role):
    by = request.getfixturevalue(role)
    client = call(by)

    created = client.post(f"/api/v1/{kind}", {"name": "Anna", "owner_id": member.user_id}).json()
    handed = client.patch(f"/api/v1/{kind}/{factory(by=by).pk}", {"owner_id": member.user_id}).json()

    assert (created["owner_id"], handed["owner_id"], handed["owner_name"]) == (
        member.user_id,
        member.user_id,
        "Max Member",
    )


def test_a_member_names_no_other_owner(call, owner, member, kind, factory):
    url = f"/api/v1/{kind}/{factory(by=member).pk}"

    created = call(member).post(f"/api/v1/{kind}", {"name": "Anna", "owner_id": owner.user_id})
    handed = call(member).patch(url, {"owner_id": owner.user_id})

    assert (code(created), code(handed)) == ((403, "may_not_assign"), (403, "may_not_assign"))
    assert call(member).get(url).json()["owner_id"] == member.user_id


@pytest.mark.parametrize("role", STRONG)
def test_a_manager_filters_by_any_owner(call, request, member, kind, factory, role):
    factory(by=member)

    found = call(request.getfixturevalue(role)).get(f"/api/v1/{kind}", {"owner_id": member.user_id}).json()

    assert found["count"] == 1


def test_a_member_filters_by_their_own_id_alone(call, owner, member, kind, factory):
    factory(by=member)
    factory(by=owner)

    own = call(member).get(f"/api/v1/{kind}", {"owner_id": member.user_id})
    others = call(member).get(f"/api/v1/{kind}", {"owner_id": owner.user_id})

    assert own.json()["count"] == 1
    assert code(others) == (403, "may_not_filter_by_owner")
