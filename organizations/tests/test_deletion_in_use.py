"""Deleting an organization while its members work: it goes, or one of them is asked to try again."""

import pytest

from contacts.tests.factories import ContactFactory
from deals.models import Deal
from organizations.models import Organization

DONE, REFUSED, BUSY = {200, 201, 204}, {400, 403, 404}, {503}


@pytest.mark.parametrize("_round", range(3))
def test_organization_is_deleted_while_deals_are_made(race, call, owner, member, _round):
    contact = ContactFactory(by=owner)
    confirm = {"confirm": owner.organization.slug}

    def delete():
        return call(owner).delete("/api/v1/organizations/current", confirm).status_code

    def work():
        caller, body = call(member), {"contact_id": contact.pk, "title": "Late"}
        return {caller.post("/api/v1/deals", body).status_code for _ in range(5)}

    deleted, worked = race(delete, work)

    assert deleted in {204, 503}
    assert worked <= DONE | REFUSED | BUSY
    assert deleted == 204 or delete() == 204
    assert (Organization.objects.count(), Deal.objects.count()) == (0, 0)
