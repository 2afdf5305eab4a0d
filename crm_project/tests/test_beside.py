"""From a record to the next one of the list that one came from: as it was narrowed and ordered there."""

import re
from html import unescape

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.tests.factories import DealFactory

KINDS = [
    ("deals", lambda by, name: DealFactory(by=by, title=name)),
    ("contacts", lambda by, name: ContactFactory(by=by, name=name)),
    ("companies", lambda by, name: CompanyFactory(by=by, name=name)),
]


def row_links(page):
    found = re.findall(r"<a [^>]*data-row-link[^>]*>", page.html)
    return [unescape(re.search('href="(.*?)"', tag)[1]) for tag in found]


def beside(page):
    """The addresses of the records before and after."""
    found = {rel: unescape(url) for rel, url in re.findall(r'rel="(prev|next)" href="(.*?)"', page)}
    return found.get("prev"), found.get("next")


@pytest.mark.parametrize(("kind", "create"), KINDS, ids=[kind for kind, _ in KINDS])
def test_records_are_looked_at_in_the_order_of_their_list(at, owner, kind, create):
    for name in ("Solar C", "Solar A", "Wind", "Solar B"):
        create(owner, name)
    sort = "title" if kind == "deals" else "name"
    reader = at(owner)

    links = row_links(reader.read(f"{kind}/", search="solar", sort=f"-{sort}"))

    pages = [reader.get(link).content.decode() for link in links]
    assert [re.search("<h1>(.*?)</h1>", page)[1] for page in pages] == ["Solar C", "Solar B", "Solar A"]
    assert [beside(page) for page in pages] == [(None, links[1]), (links[0], links[2]), (links[1], None)]


def test_way_back_leads_to_the_list_as_it_was(at, owner):
    DealFactory(by=owner)
    reader = at(owner)
    link = row_links(reader.read("deals/", sort="amount", column="title"))[0]

    html = reader.get(link).content.decode()

    assert f'<a href="/o/{owner.organization.slug}/deals/?sort=amount&amp;column=title">Deals</a>' in html


def test_who_came_from_no_list_is_led_nowhere(at, owner):
    deal = DealFactory(by=owner)
    DealFactory(by=owner)

    assert beside(at(owner).read(f"deals/{deal.pk}/").html) == (None, None)


@pytest.mark.parametrize("sent", ["min_amount=x", "search=%00", "sort=\0", "%ff=%ff", "owner_id=99999999999999999999"])
def test_list_that_cannot_be_leads_nowhere_or_to_all(at, owner, sent):
    deal = DealFactory(by=owner)

    assert at(owner).read(f"deals/{deal.pk}/", **{"in": sent}).status == 200


def test_deal_that_left_its_list_still_has_neighbors(at, owner):
    for title in "abc":
        DealFactory(by=owner, title=title)
    reader = at(owner)
    links = row_links(reader.read("deals/", sort="title", status="new"))
    pk = re.search(r"/deals/(\d+)/", links[1])[1]

    answer = reader.send(f"deals/{pk}/move/", status="lost", next=links[1])

    assert (answer.url, beside(reader.get(links[1]).content.decode())) == (links[1], (links[0], links[2]))


def test_others_records_are_no_neighbors(at, owner, stranger):
    deal = DealFactory(by=owner)
    DealFactory(by=stranger)

    assert beside(at(owner).read(f"deals/{deal.pk}/", **{"in": ""}).html) == (None, None)


def test_page_with_neighbors_asks_a_dozen_times_at_most(at, owner, django_assert_max_num_queries):
    for number in range(5):
        deal = DealFactory(by=owner, title=f"Deal {number}")

    reader = at(owner)
    reader.read("deals/")

    with django_assert_max_num_queries(12):
        reader.read(f"deals/{deal.pk}/", **{"in": f"owner_id={owner.user_id}&sort=amount"})
