"""My pipeline on the page of today: each currency by itself, together only at the organization's own rates."""

import pytest
import time_machine

from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from organizations.models import ExchangeRate


@pytest.fixture(autouse=True)
def _today():
    with on("2026-11-23"):
        yield


def on(day):
    return time_machine.travel(f"{day}T12:00:00Z", tick=False)


def pipeline(at, by):
    page = at(by).read("")
    page.html = page.html.split('aria-labelledby="my-pipeline"')[1].split("</section>")[0]
    return page


def figures(page):
    return page.all(r'<data class="money" value="([\d.]+)">')


def test_pipeline_by_stage(at, owner, member):
    proposal = Stage.objects.get(organization=member.organization, slug="proposal")
    for stage, amount in [(None, 100), (None, 200), (proposal, 700)]:
        DealFactory(by=member, stage=stage, amount=amount)
    DealFactory(by=owner, amount=5000)
    DealFactory(by=member, status="lost", amount=5000)

    page = pipeline(at, member)

    assert figures(page) == ["1000.00", "300.00", "700.00"]
    assert page.all(r'<span class="stage">(.*?)</span><span class="count">') == ["Qualification", "Proposal"]
    assert page.all(r'</h2><span class="count">(.*?)</span>') == ["3 open deals"]
    assert page.all(r'<rect data-stage="\d" (x=.*?) height="10"/>') == [
        'x="0.00%" width="30.00%"',
        'x="30.00%" width="70.00%"',
    ]


@pytest.mark.parametrize(("rate", "headline"), [("0.5", ["200.00"]), (None, [])], ids=["with a rate", "without"])
def test_currencies_are_added_only_at_the_organizations_rates(at, owner, rate, headline):
    if rate:
        ExchangeRate(organization=owner.organization, currency="USD", rate=rate).save_by(owner)
    DealFactory(by=owner, amount=100, currency="EUR")
    DealFactory(by=owner, amount=200, currency="USD")

    page = pipeline(at, owner)

    assert [str(float(found)) for found in figures(page)[: len(headline)]] == [str(float(sum)) for sum in headline]
    assert figures(page)[len(headline) :] == ["100.00", "100.00", "200.00", "200.00"]
    assert ("in EUR at your rates" in page.html, "so there is no total" in page.html) == (bool(rate), not rate)


def test_what_one_won_this_month_by_currency(at, owner):
    with on("2026-10-31"):
        DealFactory(by=owner, status="won", amount=1)
    with on("2026-11-01"):
        DealFactory(by=owner, status="won", amount=20)
        DealFactory(by=owner, status="won", amount=300, currency="USD")

    page = pipeline(at, owner)

    assert page.all("<strong>(.*?)</strong>") == ["€20", "$300"]


def test_month_begins_where_the_organization_is(at, owner):
    owner.organization.time_zone = "America/New_York"
    owner.organization.save_by(None)
    for moment, amount in [("2026-11-01T03:59:00Z", 1), ("2026-11-01T04:00:00Z", 20)]:
        with time_machine.travel(moment, tick=False):
            DealFactory(by=owner, status="won", amount=amount)

    assert pipeline(at, owner).all("<strong>(.*?)</strong>") == ["€20"]


def test_deals_without_amounts_break_no_bar(at, owner):
    DealFactory(by=owner, amount=0)

    assert figures(pipeline(at, owner)) == ["0.00", "0.00"]
