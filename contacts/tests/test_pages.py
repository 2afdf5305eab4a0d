"""Lists in pages by number."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.tests.factories import ContactFactory

URL = "/api/v1/contacts"


@pytest.fixture
def client(call, manager):
    return call(manager)


@pytest.fixture
def five(manager):
    return [ContactFactory(by=manager, name=name) for name in "ABCDE"]


def shown(page):
    return "".join(row["name"] for row in page["results"])


def test_an_empty_list_is_one_empty_page(client):
    assert client.get(URL).json() == {"count": 0, "next": None, "previous": None, "results": []}


def test_a_page_links_to_those_beside_it(client, five):
    page = client.get(URL, {"page": 2, "page_size": 2, "search": ""}).json()

    assert (page["count"], shown(page)) == (5, "CD")
    assert page["next"] == f"http://testserver{URL}?page=3&page_size=2&search="
    assert page["previous"] == f"http://testserver{URL}?page=1&page_size=2&search="


def test_links_lead_through_the_whole_list(client, five):
    pages, url = [], f"{URL}?page_size=2"
    while url:
        page = client.get(url).json()
        pages.append(shown(page))
        url = page["next"]

    assert pages == ["AB", "CD", "E"]


def test_a_later_page_reads_no_neighbors_of_those_before(client, five):
    with CaptureQueriesContext(connection) as captured:
        client.get(URL, {"page": 2, "page_size": 2})
    (sql,) = [query["sql"] for query in captured.captured_queries if "OFFSET" in query["sql"]]
    page, _, behind = sql.partition(" IN (SELECT ")

    assert ("organizations_user" in page, "organizations_user" in behind, "OFFSET 2" in behind) == (True, False, True)


@pytest.mark.parametrize("number", [2, 4, 1000, 10**9])
def test_past_the_end_there_is_an_empty_page(client, five, number):
    response = client.get(URL, {"page": number})

    assert response.status_code == 200
    assert (response.json()["count"], response.json()["next"], response.json()["results"]) == (5, None, [])


def test_a_page_has_twenty_rows_and_at_most_a_hundred(client, manager):
    for _ in range(101):
        ContactFactory(by=manager)

    assert [len(client.get(URL, {"page_size": size}).json()["results"]) for size in (1, 100)] == [1, 100]
    assert len(client.get(URL).json()["results"]) == 20


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "abc", "", "٣", "9" * 30, "1e2", " 1"])
@pytest.mark.parametrize("name", ["page", "page_size"])
def test_a_number_out_of_bounds_is_refused(client, five, name, text):
    response = client.get(URL, {name: text})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == [f"/{name}"]


def test_more_than_a_hundred_rows_are_refused(client):
    response = client.get(URL, {"page_size": 101})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/page_size"]


def test_equal_names_are_ordered_by_id(client, manager):
    twins = [ContactFactory(by=manager, name="Same").pk for _ in range(4)]

    found = [row["id"] for row in client.get(URL, {"order": "asc"}).json()["results"]]
    backwards = [row["id"] for row in client.get(URL, {"order": "desc"}).json()["results"]]

    assert (found, backwards) == (twins, twins[::-1])


def test_a_list_shows_one_organization(client, five, stranger):
    ContactFactory(by=stranger, name="Z")

    page = client.get(URL).json()

    assert (page["count"], shown(page)) == (5, "ABCDE")
