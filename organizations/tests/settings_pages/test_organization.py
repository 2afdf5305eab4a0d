"""The page of an organization's settings: everybody reads it, an owner or an admin changes it."""

import pytest

from contacts.tests.factories import ContactFactory
from organizations.models import ExchangeRate, Organization

READERS = ["manager", "member"]
WRITERS = ["owner", "admin"]


@pytest.fixture
def by(request):
    return request.getfixturevalue(request.param)


def values(**changes):
    return {"name": "Nordwind", "slug": "nordwind", "base_currency": "NOK", "time_zone": "Europe/Oslo", **changes}


def stored():
    return Organization.objects.values("name", "slug", "base_currency", "time_zone").get()


@pytest.mark.parametrize("by", WRITERS, indirect=True)
def test_administrators_change_everything_of_it(at, by):
    reader = at(by)

    page = reader.send("settings/", **values(seen_version=by.organization.version))

    assert (page.status, page.url, stored()) == (302, "/o/nordwind/settings/", values())
    reader.place = "/o/nordwind/"
    assert reader.read("settings/").toasts == ["Saved Nordwind"]


@pytest.mark.parametrize("by", READERS, indirect=True)
def test_others_read_it_and_why_they_cannot_change_it(at, by):
    page = at(by).read("settings/")

    assert (page.heading, page.fields) == ("Settings", [])
    assert page.properties == {
        "Name": by.organization.name,
        "Short name": by.organization.slug,
        "Base currency": "EUR",
        "Time zone": "UTC",
    }
    assert page.all('class="banner">(.*?)</p>') == [
        "Only an owner or an admin may change this.",
        "Only an owner may delete the organization.",
    ]


@pytest.mark.parametrize("by", READERS, indirect=True)
def test_others_do_not_change_it_anyway(at, by):
    before = stored()

    page = at(by).send("settings/", **values())

    assert (page.status, stored()) == (422, before)


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"name": ""}, {"name": "This field is required."}),
        ({"slug": "taken"}, {"slug": "Another organization has this short name."}),
        ({"time_zone": "Berlin"}, {"time_zone": "Write a time zone of the IANA list, like Europe/Berlin."}),
        (
            {"base_currency": "DEM"},
            {"base_currency": "Select a valid choice. DEM is not one of the available choices."},
        ),
        ({"seen_version": 7}, {None: "This record was changed in the meantime. Load it again."}),
    ],
)
def test_refusal_is_shown_at_its_field_and_changes_nothing(at, owner, stranger, change, errors):
    Organization.objects.filter(pk=stranger.organization_id).update(slug="taken")

    page = at(owner).send("settings/", **values(**change))

    assert page.errors == (422, errors)
    assert not Organization.objects.filter(name="Nordwind").exists()
    assert f'href="/o/{owner.organization.slug}/settings/"' in page.html


def test_short_name_is_a_part_of_an_address(at, owner):
    assert list(at(owner).send("settings/", **values(slug="no slug")).errors[1]) == ["slug"]


def test_base_currency_stays_while_there_are_rates_to_it(at, owner):
    ExchangeRate(currency="USD", rate="0.9").save_by(owner)

    page = at(owner).send("settings/", **values())

    assert page.errors == (422, {"base_currency": "Delete the exchange rates to the old one first."})


def test_form_names_currencies_and_offers_time_zones(at, owner):
    page = at(owner).read("settings/")

    assert page.all("<option[^>]* selected>(.*?)</option>") == ["EUR · Euro"]
    assert '<option value="Europe/Oslo"></option>' in page.html


def test_short_name_says_what_changes_with_it(at, owner):
    hints = at(owner).read("settings/").all('class="hint" id="id_slug_helptext">(.*?)</div>')

    assert hints == ["Part of every address. When you change it, links and bookmarks to the old addresses end."]


@pytest.mark.parametrize("path", ["settings/", "settings/delete/"])
def test_pages_ask_the_database_little(at, owner, path, django_assert_num_queries):
    ContactFactory(by=owner)
    reader = at(owner)

    with django_assert_num_queries(6 if path == "settings/" else 4):
        reader.read(path)
