"""What is spelled in another way than the contract says is refused, not guessed at."""

import pytest

from contacts.tests.factories import ContactFactory
from deals.tests.factories import DealFactory
from organizations.tests.answers import refusal


@pytest.mark.parametrize("amount", ["1_000", "١٢", "１０", "5.", "+5", "0x10", ""])
def test_an_amount_is_written_in_digits(call, owner, amount):
    deal = DealFactory(by=owner)

    assert refusal(call(owner).patch(f"/api/v1/deals/{deal.pk}", {"amount": amount})) == (400, [("/amount", "invalid")])


@pytest.mark.parametrize("day", ["2026-W01-1", "20260101", "2026-1-1", "２０２６-01-01", "2026-001"])
def test_a_day_is_written_as_in_the_calendar(call, owner, day):
    deal = DealFactory(by=owner)
    client = call(owner)

    answer = client.patch(f"/api/v1/deals/{deal.pk}", {"expected_close_date": day})

    assert refusal(answer) == (400, [("/expected_close_date", "invalid")])
    for path in ("/tasks?due_before=", "/deals?created_after="):
        assert client.get(f"/api/v1{path}{day}").status_code == 400


@pytest.mark.parametrize("name", ["contact_id", "company_id"])
def test_an_empty_text_is_no_id(call, owner, name):
    body = {"title": "Roof", "contact_id": ContactFactory(by=owner).pk, name: ""}

    assert refusal(call(owner).post("/api/v1/deals", body)) == (400, [(f"/{name}", "incorrect_type")])


@pytest.mark.parametrize("path", ["/deals?created_after=%20", "/tasks?only_open=%20"])
def test_a_blank_filter_is_not_ignored(call, owner, path):
    assert call(owner).get(f"/api/v1{path}").status_code == 400


def test_members_called_message_and_code_are_unknown_like_others(call, owner):
    deal = DealFactory(by=owner)

    answer = call(owner).patch(f"/api/v1/deals/{deal.pk}", {"message": 1, "code": 2})

    assert refusal(answer) == (400, [("/code", "unknown_field"), ("/message", "unknown_field")])


def test_a_body_of_untold_length_is_refused(call, owner):
    deal = DealFactory(by=owner)

    answer = call(owner).patch(f"/api/v1/deals/{deal.pk}", headers={"Transfer-Encoding": "chunked"}, CONTENT_LENGTH="")

    assert refusal(answer) == (411, "length_required")
