"""Behind every figure of the page are the deals that it counts, and no others."""

import re
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from random import Random
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
import time_machine
from django.http import QueryDict

from contacts.tests.factories import ContactFactory
from deals.filters import DealFilter
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from organizations.models import ExchangeRate
from organizations.tenancy import clock

RATES = {"EUR": 1, "USD": Decimal("0.9")}
NOW = datetime(2026, 3, 15, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def deals(owner, member):
    """Forty deals of a year and more, in three currencies and two pipelines, some of them reopened."""
    organization, random = owner.organization, Random(7)
    organization.time_zone = "Pacific/Auckland"
    organization.save_by(None)
    ExchangeRate(organization=organization, currency="USD", rate="0.9", valid_from="2020-01-01").save_by(owner)
    partners = Pipeline(name="Partners").save_by(owner)
    Stage(pipeline=partners, slug="talk", name="Talk").save_by(owner)
    stages, contact = list(Stage.objects.for_membership(owner)), ContactFactory(by=owner)
    for _ in range(40):
        with clock.at(NOW - timedelta(hours=random.randint(400, 14000))):
            deal = DealFactory(
                by=owner,
                contact=contact,
                owner=random.choice([owner, member]).user,
                stage=random.choice(stages),
                amount=Decimal(random.randint(1, 10**7)).scaleb(-2),
                currency=random.choice(["EUR", "EUR", "USD", "GBP"]),
            )
        for status in random.sample(["won", "won", "lost", "in_progress"], 2):
            with clock.at(NOW - timedelta(hours=random.randint(0, 5000))):
                deal.status, deal.stage = status, random.choice(stages)
                deal.save_by(owner)


def links(page):
    """Where each figure leads, how many deals it counts and what they are worth; None for what it does not say."""
    for query, inside in re.findall(r'<a class="behind" href="[^"?]*/deals/\?([^"]*)">(.*?)</a>', page.html, re.DOTALL):
        count = re.search(r'class="tally" value="(\d+)"', inside)
        money = re.search(r'class="money" value="([\d.]+)"', inside)
        assert count or money, inside
        yield unescape(query), count and int(count[1]), money and money[1]


def behind(query, by):
    """The count and the worth of the deals that the list shows at this address."""
    filters = DealFilter(QueryDict(query), Deal.objects.for_membership(by), request=SimpleNamespace(membership=by))
    assert filters.is_valid(), filters.errors
    found = list(filters.qs)
    rates = {"GBP": 1} if "currency=GBP" in query else {"USD": 1} if "currency=USD" in query else RATES
    worth = sum(deal.amount * rates.get(deal.currency, 0) for deal in found)
    return len(found), str(Decimal(worth).quantize(Decimal("0.01"), ROUND_HALF_UP))


ADDRESSES = [
    {},
    {"period": "month"},
    {"period": "last-month", "pipeline_id": "all"},
    {"period": "year", "pipeline_id": "all"},
    {"period": "365-days"},
    {"from": "2025-01-31", "to": "2026-02-28", "pipeline_id": "all"},
    {"period": "90-days", "owner_id": "member"},
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_figure_is_that_of_the_list_behind_it(at, owner, member, deals, address):
    address = {**address, **({"owner_id": member.user_id} if "owner_id" in address else {})}

    figures = list(links(at(owner).read("analytics/", **address)))

    assert len(figures) > 40
    for query, count, money in figures:
        found = behind(query, owner)
        said = (found[0] if count is None else count, found[1] if money is None else money)
        assert (query, *said) == (query, *found)


def test_the_list_itself_shows_as_many_deals(at, owner, deals):
    reader = at(owner)
    query, count, _ = next(link for link in links(reader.read("analytics/", period="year")) if link[1])

    page = reader.read("deals/", **parse_qs(query))

    assert len(re.findall(r'<th scope="row">', page.html)) == count


def test_a_member_is_led_to_no_list_that_is_refused(at, member, owner, deals):
    reader = at(member)
    queries = {query for query, *_ in links(reader.read("analytics/"))}

    owners = {parse_qs(query).get("owner_id", [None])[0] for query in queries}
    assert owners == {None, str(member.user_id)}
    assert {reader.get(f"{reader.place}deals/?{query}").status_code for query in queries} == {200}
