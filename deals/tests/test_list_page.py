"""The list of deals."""

import re

import pytest

from contacts.tests.factories import CompanyFactory
from deals.tests.factories import DealFactory


def titles(page):
    return page.all(r'<th scope="row"><span class="truncate">(.*?)</span>')


def cells(page):
    """What the first row says, behind its box."""
    return page.all(r"<t[hd][^>]*>(.*?)</t[hd]>")[9:]


def test_deals_newest_first(at, owner):
    for title in ("Roof", "Pump"):
        DealFactory(by=owner, title=title)

    page = at(owner).read("deals/")

    assert (page.status, page.heading, titles(page)) == (200, "Deals", ["Pump", "Roof"])


@pytest.mark.parametrize(
    ("sort", "order"), [("amount", ["Small", "Big"]), ("-amount", ["Big", "Small"]), ("title", ["Big", "Small"])]
)
def test_order(at, owner, sort, order):
    DealFactory(by=owner, title="Big", amount="100")
    DealFactory(by=owner, title="Small", amount="9")

    assert titles(at(owner).read("deals/", sort=sort)) == order


def test_row_says_where_the_deal_stands(at, owner):
    DealFactory(by=owner, title="Roof", contact__name="Anna", amount="12400", currency="EUR")

    row = cells(at(owner).read("deals/"))

    assert row[1:4] == ["Anna", "Qualification", "€12,400"]


def test_row_of_a_closed_deal_says_how_it_ended(at, owner):
    DealFactory(by=owner, status="won", amount="1")

    assert cells(at(owner).read("deals/"))[2] == "Won"


@pytest.mark.parametrize("kind", ["contact", "company"])
def test_deals_of_one_contact_or_company(at, owner, kind):
    deal = DealFactory(by=owner, title="Theirs", company=CompanyFactory(by=owner))
    DealFactory(by=owner, title="Of others")
    reader, neighbor = at(owner), getattr(deal, kind)
    shown = reader.read("deals/panel/", **{f"{kind}_id": neighbor.pk})

    link = re.search(r'href="[^"]*/(deals/)\?(\w+)=(\d+)"', shown.html)
    page = reader.read(link[1], **{link[2]: link[3]})

    assert titles(page) == ["Theirs"]
    assert f'href="?" aria-label="Remove the filter: {kind.title()} is {neighbor}"' in page.html


def test_search_among_the_deals_of_a_contact_stays_among_them(at, owner):
    deal = DealFactory(by=owner)

    html = at(owner).read("deals/", contact_id=deal.contact_id, page=1, search="x").html

    search = html.split('role="search"')[1].split("</form>")[0]
    assert re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', search) == [("contact_id", str(deal.contact_id))]


def test_contact_of_another_organization_is_none(at, owner, stranger):
    deal = DealFactory(by=stranger)

    page = at(owner).read("deals/", contact_id=deal.contact_id)

    assert (titles(page), page.reasons) == (
        [],
        ["Select a valid choice. That choice is not one of the available choices."],
    )


@pytest.mark.parametrize("count", [1, 12])
def test_list_asks_the_database_as_often_for_many_rows(at, owner, django_assert_num_queries, count):
    for _ in range(count):
        DealFactory(by=owner)
    reader = at(owner)

    with django_assert_num_queries(10):
        reader.read("deals/")


def test_table_says_what_all_of_its_deals_are_worth(at, owner):
    for amount, currency in [("100", "EUR"), ("20", "EUR"), ("7", "USD")]:
        DealFactory(by=owner, amount=amount, currency=currency)

    assert at(owner).read("deals/", min_amount=10).all('<ul class="sums".*?>(.*?)</ul>') == ["€120"]
    assert at(owner).read("deals/").all("<li>(.*?)</li>")[-2:] == ["€120", "$7"]


def test_filters_that_hide_all_are_said_and_dropped_at_once(at, owner):
    DealFactory(by=owner)

    page = at(owner).read("deals/", min_amount=10, sort="title")

    assert page.all("<h2>(.*?)</h2>") == ["The filters hide every deal"]
    assert page.all('<a class="button" href="([^"]*)">Drop the filters') == ["?sort=title"]


def test_table_leads_to_the_board_with_the_same_filters(at, owner):
    html = at(owner).read("deals/", min_amount=10, status="new", cursor="x").html

    assert f'/o/{owner.organization.slug}/deals/board/?min_amount=10&amp;status=new"' in html


def test_panel_shows_the_deals_of_one_contact(at, owner):
    deal = DealFactory(by=owner, title="Theirs", amount="5", currency="EUR")
    DealFactory(by=owner, title="Of others")

    page = at(owner).read("deals/panel/", contact_id=deal.contact_id)

    assert (page.all('<a class="truncate"[^>]*>(.*?)</a>'), page.all("<data.*?>(.*?)</data>")) == (
        ["Theirs"],
        ["€5"],
    )


def test_panel_is_a_fragment_where_it_is_asked_for_as_one(at, owner):
    reader = at(owner)
    headers = {"HX-Request": "true", "HX-Target": "deals-panel"}

    html = reader.get(f"{reader.place}deals/panel/", headers=headers).content.decode()

    assert ("<main" in html, "No deals yet." in html) == (False, True)


def test_panel_of_a_contact_of_another_organization_is_not_there(at, owner, stranger):
    deal = DealFactory(by=stranger)

    assert at(owner).read("deals/panel/", contact_id=deal.contact_id).status == 404


@pytest.mark.parametrize("sort", ["title", "-amount", "expected_close_date", "-stage_entered_at", "created_at"])
def test_every_deal_comes_once_forwards_and_back(at, owner, monkeypatch, sort):
    monkeypatch.setattr("organizations.tenancy.views.PAGE_SIZE", 2)
    for number in range(5):
        closes = "2030-01-01" if number % 2 else None
        DealFactory(by=owner, title=f"Deal {number // 2}", amount=number // 2, expected_close_date=closes)
    reader = at(owner)

    pages = [reader.read("deals/", sort=sort)]
    for way in ("next", "next", "prev", "prev"):
        cursor = re.search(rf'rel="{way}" href="\?[^"]*cursor=([^"&]*)', pages[-1].html)[1]
        pages.append(reader.read("deals/", sort=sort, cursor=cursor))

    shown = [titles(page) for page in pages]
    assert (len(shown[0] + shown[1] + shown[2]), shown[3:]) == (5, [shown[1], shown[0]])
    assert [page.all(r'class="pagination".*?<p>(.*?)</p>')[0] for page in pages] == [
        *("2 of 5", "2 of 5", "1 of 5", "2 of 5", "2 of 5")
    ]
    assert 'rel="next"' not in pages[2].html
    assert 'rel="prev"' not in pages[4].html
