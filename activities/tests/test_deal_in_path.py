"""The deal that the path names comes before whatever the body says."""

from deals.tests.factories import DealFactory


def test_an_empty_comment_on_a_foreign_deal_is_not_found(call, stranger, owner):
    deal = DealFactory(by=owner)

    response = call(stranger).post(f"/api/v1/deals/{deal.pk}/activities", {})

    assert (response.status_code, response.json()["code"]) == (404, "not_found")
