"""Versions: nobody overwrites what they have not seen, nobody loads what they have."""

import pytest

from contacts.models import Contact
from contacts.tests.factories import ContactFactory


@pytest.fixture
def client(call, member):
    return call(member)


@pytest.fixture
def url(member):
    return f"/api/v1/contacts/{ContactFactory(by=member, name='Anna').pk}"


def test_each_change_is_a_version_and_a_tag(client, url):
    first = client.get(url)
    second = client.patch(url, {"name": "Bea"})
    third = client.patch(url, {"name": "Anna"})

    assert [answer.json()["version"] for answer in (first, second, third)] == [1, 2, 3]
    assert len({answer["ETag"] for answer in (first, second, third)}) == 3


def test_a_change_of_the_seen_version_is_made(client, url):
    tag = client.get(url)["ETag"]

    response = client.patch(url, {"name": "Bea"}, headers={"If-Match": tag})

    assert (response.status_code, response.json()["name"]) == (200, "Bea")


@pytest.mark.parametrize("tag", ['"1"', "*"])
def test_the_bare_version_and_a_star_will_do(client, url, tag):
    assert client.patch(url, {"name": "Bea"}, headers={"If-Match": tag}).status_code == 200


@pytest.mark.parametrize("body", [{"name": "Carla"}, {"name": "Bea"}, {}])
def test_a_stale_change_is_answered_with_the_current_record(client, url, body):
    tag = client.get(url)["ETag"]
    current = client.patch(url, {"name": "Bea"}).json()

    response = client.patch(url, body, headers={"If-Match": tag})

    assert (response.status_code, response.json()["code"]) == (412, "stale_version")
    assert response.json()["current"] == current
    assert client.get(url).json() == current


def test_a_stale_deletion_is_answered_with_the_current_record(client, url):
    tag = client.get(url)["ETag"]
    current = client.patch(url, {"name": "Bea"}).json()

    response = client.delete(url, headers={"If-Match": tag})

    assert (response.status_code, response.json()["code"]) == (412, "stale_version")
    assert response.json()["current"] == current
    assert client.get(url).status_code == 200


def test_a_deletion_of_the_seen_version_is_made(client, url):
    assert client.delete(url, headers={"If-Match": client.get(url)["ETag"]}).status_code == 204
    assert not Contact.objects.exists()


@pytest.mark.parametrize("tag", ["", "1", '"2"', '"abc"', 'W/"1"', '"99999999999"', '"1" x', '"-1"'])
def test_a_tag_that_never_was_matches_nothing(client, url, tag):
    response = client.patch(url, {"name": "Bea"}, headers={"If-Match": tag})

    assert response.status_code == 412
    assert client.get(url).json()["name"] == "Anna"


@pytest.mark.parametrize("written", ["{}", "W/{}", '"other", {}', "*"])
def test_what_is_known_is_not_sent_again(client, url, written):
    tag = client.get(url)["ETag"]

    response = client.get(url, headers={"If-None-Match": written.format(tag)})

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)


def test_what_changed_is_sent_again(client, url):
    tag = client.get(url)["ETag"]
    client.patch(url, {"name": "Bea"})

    response = client.get(url, headers={"If-None-Match": tag})

    assert (response.status_code, response.json()["name"]) == (200, "Bea")
