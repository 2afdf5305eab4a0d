"""Opening another organization by page."""

import pytest

from organizations.models import Membership, Organization
from organizations.tests.factories import UserFactory

PATH = "/organizations/new/"


@pytest.fixture
def reader(client, member):
    client.force_login(member.user)
    return client


def values(**changes):
    return {"name": "Südwind", "base_currency": "CHF", "time_zone": "Europe/Zurich", **changes}


def test_another_one_has_its_opener_as_owner_and_a_pipeline(reader, member):
    response = reader.post(PATH, values())

    place = Membership.objects.select_related("organization").get(user=member.user, role="owner")
    opened = place.organization
    assert response["Location"] == f"/o/{opened.slug}/"
    assert (opened.name, opened.base_currency, opened.time_zone) == ("Südwind", "CHF", "Europe/Zurich")
    assert "Created Südwind" in reader.get(f"/o/{opened.slug}/contacts/").content.decode()


def test_who_is_in_none_may_open_one(client, db):
    client.force_login(UserFactory())

    assert PATH in client.get("/").content.decode()
    assert client.post(PATH, values()).status_code == 302


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "This field is required."),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"name": "A\x07"}, "Remove the control characters"),
        ({"time_zone": "Mars"}, "Write a time zone of the IANA list"),
        ({"base_currency": "XXX"}, "Select a valid choice"),
    ],
)
def test_refusal_is_shown_and_opens_nothing(reader, change, sentence):
    response = reader.post(PATH, values(**change))

    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert Organization.objects.count() == 1


def test_the_menu_of_organizations_leads_there(at, member):
    assert f'href="{PATH}"' in at(member).read("settings/").html


def test_nobody_opens_one_without_signing_in(client, db):
    assert client.post(PATH, values())["Location"] == f"/sign-in/?next={PATH}"
