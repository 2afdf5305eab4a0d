"""An operator without rights does not learn from the admin's histories which records there are."""

import pytest

from deals.tests.factories import DealFactory
from organizations.tests.factories import UserFactory


@pytest.mark.parametrize("path", ["deals/deal", "organizations/membership", "organizations/user"])
def test_history_is_refused_whether_the_record_is_there_or_not(client, owner, path):
    client.force_login(UserFactory(is_staff=True))
    pks = {"deals/deal": DealFactory(by=owner).pk, "organizations/membership": owner.pk}
    pk = pks.get(path, owner.user_id)

    statuses = [client.get(f"/admin/{path}/{number}/history/").status_code for number in (pk, 999_999)]

    assert statuses == [403, 403]
