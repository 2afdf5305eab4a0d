"""Walking deals by cursor: whatever the order, every row comes once, forwards and back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.tenancy import clock
from organizations.tenancy.keyset import Cursor, Order

URL = "/api/v1/deals"
COLUMNS = ["created_at", "updated_at", "amount", "title", "expected_close_date"]


@pytest.fixture
def nine(manager):
    """Deals with ties and gaps in every column."""
    dates = [None, date(2030, 1, 1), date(2031, 1, 1)]
    for number in range(9):
        with clock.at(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=number // 3)):
            DealFactory(
                by=manager,
                title="Ää"[number % 2],
                amount=["0.10", "0.20", "9999999999999999.99"][number // 4],
                expected_close_date=dates[number % 3],
            )


def ids(page):
    return [row["id"] for row in page["results"]]


@pytest.mark.parametrize("size", [1, 2, 4])
@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("column", COLUMNS)
def test_every_row_comes_once_forwards_and_back(call, manager, nine, column, order, size):
    client = call(manager)
    asked = {"order_by": column, "order": order, "page_size": size}
    whole = ids(client.get(URL, {**asked, "page_size": 100}).json())

    pages = [client.get(URL, {**asked, "cursor": ""}).json()]
    while pages[-1]["next"]:
        pages.append(client.get(pages[-1]["next"]).json())
    back = [pages[-1]]
    while back[-1]["previous"]:
        back.append(client.get(back[-1]["previous"]).json())

    assert len(whole) == 9
    assert [pk for page in pages for pk in ids(page)] == whole
    assert [pk for page in reversed(back) for pk in ids(page)] == whole


@pytest.mark.parametrize("column", ["amount", "expected_close_date"])
@pytest.mark.parametrize(
    "value", ["Infinity", "NaN", "1E+400", "-1.00", "99999999999999999999", "10000-01-01", "2026-1-1", []]
)
def test_a_forged_cursor_is_refused(call, manager, nine, column, value):
    cursor = Cursor(Order(column, False), value, 1, False).encode()

    response = call(manager).get(URL, {"order_by": column, "order": "asc", "cursor": cursor})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/cursor"]


@given(
    column=st.sampled_from(COLUMNS),
    descending=st.booleans(),
    steps=st.lists(st.tuples(st.booleans(), st.integers(1, 4)), max_size=8),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wherever_one_turns_round_the_rows_are_those_beside(nine, column, descending, steps):
    order = Order(column, descending)
    whole = list(order.apply(Deal.objects.all()))
    place = 4
    for backwards, size in steps:
        text = Cursor.at(whole[place], order, backwards=backwards).encode()

        found = list(Cursor.decode(text, order, Deal).rows(Deal.objects.all())[:size])

        beside = whole[:place][::-1] if backwards else whole[place + 1 :]
        assert found == beside[:size]
        place = whole.index(found[-1]) if found else place
