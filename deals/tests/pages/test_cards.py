"""What a card says, and what the server sends after a move."""

import re
from datetime import timedelta

import pytest

from contacts.tests.factories import CompanyFactory
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from deals.tests.pages.test_board import columns, deal_in, stage
from deals.tests.pages.test_move import move
from organizations.tenancy import clock
from organizations.tests.pages import Page

SHEET = {"HX-Request": "true", "HX-Target": "move-sheet"}


def test_card_says_whose_deal_it_is_and_how_much(at, owner):
    company = CompanyFactory(by=owner, name="Alster")
    deal = DealFactory(by=owner, title="Roof", contact__name="Anna", company=company, amount="12400", currency="EUR")

    card = at(owner).read("deals/board/")

    assert card.all('<p class="party truncate">(.*?)</p>') == ["Alster", "Anna"]
    assert card.all('<p class="figures">(.*?)</p>') == ["€12,400Owner: Olga OwnerOO"]
    assert f'<h3 id="deal-{deal.pk}-title"><a href="/o/{owner.organization.slug}/deals/{deal.pk}/"' in card.html


def test_card_leads_to_the_move_and_back(at, owner):
    deal = DealFactory(by=owner)
    reader = at(owner)
    way = re.search(r'class="icon-button small card-menu" href="([^"]*)"', reader.read("deals/board/", search="d").html)

    sent = Page(reader.get(way[1])).all('name="next" value="([^"]*)"')[0].replace("&amp;", "&")
    page = reader.read(sent.removeprefix(reader.place))

    assert sent == f"{reader.place}deals/board/?search=d&moved={deal.pk}"
    assert 'class="deal-card has-moved"' in page.html


@pytest.mark.parametrize(
    ("days", "said", "look"),
    [(0, "0 d", ""), (11, "11 d", ""), (12, "Slow: 12 d", " is-slow"), (15, "Stuck: 15 d", " is-stuck")],
)
def test_card_says_how_long_the_deal_waits(at, owner, days, said, look):
    deal_in("qualification", days, by=owner)

    page = at(owner).read("deals/board/")

    assert (page.all('<span class="age[^>]*>(.*?)</p>'), f'class="age-line{look}"' in page.html) == ([said], True)


def test_stage_without_expectation_has_no_patience_line(at, owner):
    deal_in("closed", 400, by=owner)

    page = at(owner).read("deals/board/")

    assert (page.all('<span class="age[^>]*>(.*?)</p>'), "age-line" in page.html) == (["400 d"], False)


def test_markup_in_names_is_text(at, owner):
    DealFactory(by=owner, title="<b>Roof", contact__name="<i>Anna")

    html = at(owner).read("deals/board/").html

    assert ("<b>Roof" in html, "<i>Anna" in html, "&lt;b&gt;Roof" in html) == (False, False, True)


def test_after_a_move_the_heads_and_the_card_come_out_of_band(at, owner):
    deal, reader = DealFactory(by=owner, title="Roof", amount="5", currency="EUR"), at(owner)
    DealFactory(by=owner, title="Stays")
    url = f"{reader.place}deals/{deal.pk}/move/"
    sent = {"stage": stage("proposal").pk, "next": f"{reader.place}deals/board/?moved={deal.pk}"}

    page = Page(reader.post(url, sent, headers=SHEET, follow=True))

    heads = re.findall(r'<header id="head-\d+" hx-swap-oob="true">.*?class="count">(\d+)<', page.html, re.DOTALL)
    assert (page.status, heads, page.all("<h3.*?>(.*?)</h3>")) == (200, ["1", "1", "0", "0"], ["Roof"])
    assert (page.toasts, page.all('id="board-count" hx-swap-oob="true">(.*?)</p>')) == (
        ["Moved Roof to Proposal"],
        ["2 open deals"],
    )


def test_won_deal_leaves_the_board(at, owner):
    deal, reader = DealFactory(by=owner, amount="5"), at(owner)

    move(reader, deal, status="won")
    page = Page(reader.get(f"{reader.place}deals/board/", {"moved": deal.pk}, headers=SHEET))

    assert (page.all("<h3.*?>(.*?)</h3>"), page.all('id="board-count".*?>(.*?)</p>')) == ([], ["0 open deals"])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_is_announced_stands_in_the_page(at, owner, language):
    owner.user.locale = language
    owner.user.save()

    html = at(owner).read("deals/board/").html

    assert len(re.findall(r'data-said-\w+="[^"]*\{deal\}[^"]*\{place\}[^"]*"', html)) == 4


def test_empty_column_teaches(at, owner):
    assert at(owner).read("deals/board/").all('class="board-empty">(.*?)</p>')[1] == (
        "A deal that reaches Proposal is dropped here."
    )


def test_empty_column_of_a_narrowed_board_says_so(at, owner):
    assert at(owner).read("deals/board/", search="x").all('class="board-empty">(.*?)</p>')[1] == (
        "No open deal of this stage fits the filters."
    )


def test_latest_arrival_stands_on_top(at, owner):
    deal_in("proposal", 3, by=owner, title="Long here")
    DealFactory(by=owner, title="New", stage=Stage.objects.get(slug="proposal"), stage_entered_at=clock.now())
    deal_in("proposal", 5, by=owner, title="Longest here")

    assert columns(at(owner).read("deals/board/"))[1][3] == ["New", "Long here", "Longest here"]


def test_moment_in_the_future_is_today(at, owner):
    DealFactory(by=owner, stage_entered_at=clock.now() + timedelta(days=2))

    assert at(owner).read("deals/board/").all('<span class="age[^>]*>(.*?)</p>') == ["0 d"]
