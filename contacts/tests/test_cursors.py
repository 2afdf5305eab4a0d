"""Lists in pages by cursor, as a program walks them."""

import base64
import json

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory

URL = "/api/v1/contacts"


@pytest.fixture
def client(call, manager):
    return call(manager)


@pytest.fixture
def seven(manager):
    return [ContactFactory(by=manager, name=name) for name in "ABBBCCD"]


def shown(page):
    return "".join(row["name"] for row in page["results"])


def walk(client, url, link="next"):
    """The ids of every row on the way, page by page."""
    pages = []
    while url:
        page = client.get(url).json()
        pages.append([row["id"] for row in page["results"]])
        url = page[link]
    return pages


def test_a_page_by_cursor_has_no_count(client, seven):
    page = client.get(URL, {"cursor": "", "page_size": 3}).json()

    assert list(page) == ["next", "previous", "results"]
    assert (shown(page), page["previous"]) == ("ABB", None)


def test_one_page_has_no_neighbors(client, seven):
    page = client.get(URL, {"cursor": "", "page_size": 7}).json()

    assert (shown(page), page["next"], page["previous"]) == ("ABBBCCD", None, None)


def test_an_empty_list_has_no_neighbors(client):
    assert client.get(URL, {"cursor": ""}).json() == {"next": None, "previous": None, "results": []}


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("column", ["name", "created_at", "updated_at"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_forwards_and_back_every_row_comes_once(client, seven, column, order, size):
    asked = {"order_by": column, "order": order}
    whole = [row["id"] for row in client.get(URL, asked).json()["results"]]

    forwards = walk(client, f"{URL}?cursor=&page_size={size}&order_by={column}&order={order}")
    last = client.get(f"{URL}?cursor=&page_size=6&order_by={column}&order={order}").json()["next"]
    back = walk(client, client.get(last).json()["previous"].replace("page_size=6", f"page_size={size}"), "previous")

    assert [pk for page in forwards for pk in page] == whole
    assert [pk for page in reversed(back) for pk in page] == whole[:6]


def test_back_and_forth_are_the_same_pages(client, seven):
    first = client.get(URL, {"cursor": "", "page_size": 3}).json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()

    again = client.get(third["previous"]).json()

    assert [shown(page) for page in (first, second, third)] == ["ABB", "BCC", "D"]
    assert (again["results"], client.get(again["previous"]).json()["results"]) == (second["results"], first["results"])
    assert client.get(again["next"]).json()["results"] == third["results"]
    assert client.get(again["previous"]).json()["previous"] is None


def test_rows_that_come_in_between_move_nothing(client, seven, manager):
    first = client.get(URL, {"cursor": "", "page_size": 3}).json()
    for name in "AAB":
        ContactFactory(by=manager, name=name)

    rest = walk(client, first["next"])

    known = [row["id"] for row in first["results"]] + [pk for page in rest for pk in page]
    assert len(known) == len(set(known))
    assert {contact.pk for contact in seven} <= set(known)


def test_the_row_of_a_cursor_may_be_gone(client, seven):
    first = client.get(URL, {"cursor": "", "page_size": 3}).json()
    client.delete(f"{URL}/{first['results'][-1]['id']}")

    assert shown(client.get(first["next"]).json()) == "BCC"


def test_links_keep_the_filters(client, manager):
    karg = CompanyFactory(by=manager)
    for name in "AB":
        ContactFactory(by=manager, name=name, company=karg)
        ContactFactory(by=manager, name=name)

    pages = walk(client, f"{URL}?cursor=&page_size=1&company_id={karg.pk}")

    assert [len(page) for page in pages] == [1, 1]


def test_a_cursor_belongs_to_its_order(client, seven):
    link = client.get(URL, {"cursor": "", "page_size": 3}).json()["next"]

    response = client.get(link + "&order_by=created_at")

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/cursor"]


def test_a_cursor_or_a_page_but_not_both(client):
    response = client.get(URL, {"cursor": "", "page": 1})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/page"]


def forged(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "ä",
        "\x00",
        "A" * 5000,
        "W1tbW1tb" * 300,
        forged(),
        forged("name", False, "A", 1),
        forged("name", True, "A", 1, False),
        forged("name", False, "A", "1", False),
        forged("name", False, "A", True, False),
        forged("name", False, "A", 0, False),
        forged("name", False, "A", 2**63, False),
        forged("name", False, "A\x00", 1, False),
        forged("name", False, "\ud800", 1, False),
        forged("name", False, ["A"], 1, False),
        forged("name", False, None, 1, False),
        forged("name", False, "A", 1, "yes"),
    ],
)
def test_what_is_no_cursor_is_refused(client, seven, cursor):
    response = client.get(URL, {"cursor": cursor})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/cursor"]


@pytest.mark.parametrize(
    "value", ["", "tomorrow", 5, True, {}, "2026-01-01", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00"]
)
def test_a_cursor_by_time_names_an_instant(client, seven, value):
    cursor = forged("created_at", False, value, 1, False)

    response = client.get(URL, {"cursor": cursor, "order_by": "created_at"})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/cursor"]
