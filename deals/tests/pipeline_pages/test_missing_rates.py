"""Which deals the sums leave out, told beside the rates."""

from deals.tests.factories import DealFactory
from organizations.models import ExchangeRate


def told(page):
    return page.all('class="banner warn">.*?<p>(.*?)</p>')


def test_deals_whose_currency_has_no_rate_today_are_counted(at, member, owner, stranger):
    for currency in ("GBP", "GBP", "USD", "CHF", "EUR"):
        DealFactory(by=member, currency=currency)
    DealFactory(by=stranger, currency="SEK")
    ExchangeRate(currency="USD", rate="0.9").save_by(owner)
    ExchangeRate(currency="CHF", rate="0.9", valid_from="2999-01-01").save_by(owner)

    assert told(at(member).read("pipelines/missing-rates/")) == [
        "1 deal in CHF is left out of sums: there is no rate.",
        "2 deals in GBP are left out of sums: there is no rate.",
    ]


def test_administrators_are_led_to_add_the_rate(at, owner, member):
    DealFactory(by=member, currency="GBP")
    path, way = "pipelines/missing-rates/", "rates/new/?currency=GBP"

    assert (way in at(owner).read(path).html, way in at(member).read(path).html) == (True, False)


def test_nothing_is_left_out(at, member):
    DealFactory(by=member)

    assert "Every currency of your deals has a rate." in at(member).read("pipelines/missing-rates/").html


def test_page_of_currencies_fills_in_the_sentence_alone(at, member):
    reader = at(member)
    path = f"{reader.place}pipelines/missing-rates/"

    fragment = reader.get(path, headers={"HX-Request": "true", "HX-Target": "missing-rates"}).content.decode()

    assert ("<h1" in fragment, "Every currency" in fragment) == (False, True)
    assert f'hx-get="{path}"' in reader.read("rates/").html
