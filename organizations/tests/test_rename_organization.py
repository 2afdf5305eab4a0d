"""The organization's own row goes through the hall like any other."""

from organizations.models import Organization


def test_owner_renames_the_organization(call, owner):
    response = call(owner).patch("/api/v1/organizations/current", {"name": "Südlicht"})

    assert (response.status_code, response.json()["name"], response.json()["version"]) == (200, "Südlicht", 1)
    assert Organization.objects.get(pk=owner.organization_id).name == "Südlicht"


def test_owner_deletes_the_organization(call, owner):
    response = call(owner).delete("/api/v1/organizations/current", {"confirm": owner.organization.slug})

    assert (response.status_code, Organization.objects.count()) == (204, 0)
