"""What was closed since a moment is counted by what is kept, as the deals themselves would say."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from deals import closings
from deals.actions import add_pipeline
from deals.models import Deal
from deals.pipelines import Pipeline
from deals.tests.factories import DealFactory
from deals.totals import ClosingTotal

MIDNIGHT = datetime(2026, 11, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MOMENTS = [MIDNIGHT - timedelta(hours=3), MIDNIGHT - MINUTE, MIDNIGHT, MIDNIGHT + MINUTE, MIDNIGHT + timedelta(days=40)]


@pytest.fixture
def closed(owner, stranger):
    """Around a midnight, of several stages and somebody else's."""
    partners = add_pipeline(name="Partners", by=owner)
    for closed_at in MOMENTS[:4]:
        for status in ("won", "lost"):
            DealFactory(by=owner, amount="5", status=status, closed_at=closed_at)
        DealFactory(by=owner, amount="5", status="won", closed_at=closed_at, stage=partners.stages.first())
        DealFactory(by=stranger, amount="5", status="won", closed_at=closed_at)
    DealFactory(by=owner)


def in_python(deals):
    return dict(Counter(deal.status for deal in deals))


def of_partners(deals):
    return deals.filter(stage__pipeline=Pipeline.objects.get(name="Partners"))


@pytest.mark.parametrize("since", MOMENTS)
@pytest.mark.parametrize(
    "narrow",
    [
        of_partners,
        lambda deals: deals,
        lambda deals: deals.filter(status="won"),
        lambda deals: deals.filter(owner__gt=0),
        lambda deals: deals.filter(stage__pipeline__name="Partners"),
        lambda deals: deals.filter(title="Other"),
    ],
)
def test_it_is_as_the_deals_say(owner, closed, since, narrow):
    deals = narrow(Deal.objects.for_membership(owner).filter(closed_at__gte=since))

    assert closings.by_status(deals) == in_python(deals)


def test_whole_days_are_not_counted_again(owner, closed):
    ClosingTotal.objects.for_membership(owner).update(count=100)
    deals = Deal.objects.for_membership(owner).filter(closed_at__gte=MIDNIGHT - MINUTE)

    assert closings.by_status(deals) == {"won": 202, "lost": 101}  # two stages of won deals, and the minute before
    assert closings.by_status(of_partners(deals)) == {"won": 101}


@pytest.mark.parametrize(
    "narrow",
    [
        lambda deals: deals.filter(owner__gt=0),
        lambda deals: deals.filter(closed_at__gte=MIDNIGHT),
        lambda deals: deals.exclude(closed_at__gte=MIDNIGHT + MINUTE),
    ],
)
def test_what_totals_do_not_know_is_counted(owner, closed, narrow):
    ClosingTotal.objects.for_membership(owner).update(count=100)
    deals = narrow(Deal.objects.for_membership(owner).filter(closed_at__gte=MIDNIGHT - MINUTE))

    assert closings.by_status(deals) == in_python(deals)


def test_it_is_one_question(owner, closed, django_assert_num_queries):
    with django_assert_num_queries(1):
        closings.by_status(Deal.objects.for_membership(owner).filter(closed_at__gte=MIDNIGHT - MINUTE))
