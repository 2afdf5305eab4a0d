"""Which questions the totals answer, and that they answer them as the deals themselves would."""

from decimal import Decimal
from itertools import product

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from deals import amounts
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from deals.totals import DealTotal, tally, totals_of

URL = "/api/v1/deals"


@pytest.fixture
def deals(owner, stranger):
    pipeline = Pipeline(name="Partners").save_by(owner)
    Stage(pipeline=pipeline, slug="closed", name="Closed").save_by(owner)
    stages = list(Stage.objects.for_membership(owner).order_by("pk"))
    for number in range(20):
        DealFactory(
            by=owner,
            stage=stages[number % 5],
            status=["new", "in_progress", "won", "lost"][number % 4],
            currency=["EUR", "USD"][number % 2],
            amount="9999999999999999.99" if number < 12 else "0.10",
        )
    DealFactory(by=stranger)
    return Deal.objects.for_membership(owner)


ANSWERED = {
    "all": lambda deals: deals,
    "open": lambda deals: deals.open(),
    "status": lambda deals: deals.filter(status__in=["won", "new"]),
    "stage": lambda deals: deals.filter(stage__in=list(Stage.objects.filter(slug="closed"))),
    "slug": lambda deals: deals.filter(stage__slug="closed"),
    "pipeline": lambda deals: deals.filter(stage__pipeline=Pipeline.objects.get(name="Partners")),
    "both": lambda deals: deals.filter(stage__slug="closed").exclude(status="won").filter(currency="EUR"),
    "joined": lambda deals: deals.select_related("stage", "contact").order_by("title"),
}
NOT_ANSWERED = {
    "owner": lambda deals: deals.filter(owner=1),
    "amount": lambda deals: deals.filter(amount__gt=1),
    "amount and owner": lambda deals: deals.filter(amount__gte=1, owner=1),
    "amount and stage": lambda deals: deals.filter(amount__gte=1, stage__slug="closed"),
    "two least amounts": lambda deals: deals.filter(amount__gte=1).filter(amount__gte=2),
    "amount or status": lambda deals: deals.filter(amount__gte=1) | deals.filter(status="won"),
    "not an amount": lambda deals: deals.exclude(amount__gte=1),
    "less than nothing": lambda deals: deals.filter(amount__gte=-5),
    "more than there is": lambda deals: deals.filter(amount__lte=10**16),
    "a column": lambda deals: deals.filter(amount__gte=F("version")),
    "all amounts": lambda deals: Deal.objects.filter(amount__gte=1),
    "contact": lambda deals: deals.filter(contact__name="x"),
    "search": lambda deals: deals.search("deal"),
    "sliced": lambda deals: deals[:3],
    "distinct": lambda deals: deals.distinct(),
    "subquery": lambda deals: deals.filter(stage__in=Stage.objects.filter(slug="closed")),
    "none": lambda deals: deals.none(),
    "either": lambda deals: deals.filter(status="won") | deals.filter(owner=1),
}


def plainly(deals, *by):
    rows = {}
    for deal in deals:
        row = rows.setdefault(
            (deal.currency, *(getattr(deal, f"{name}_id", None) or deal.status for name in by)), [0, 0]
        )
        row[0], row[1] = row[0] + 1, row[1] + deal.amount
    return rows


@pytest.mark.parametrize("by", [(), ("stage",), ("stage", "status")])
@pytest.mark.parametrize("narrowed", [*ANSWERED, "owner", "search", "none"])
def test_sums_are_those_of_the_deals(deals, narrowed, by):
    asked = {**ANSWERED, **NOT_ANSWERED}[narrowed](deals)

    told = {(row["currency"], *(row[name] for name in by)): [row["count"], row["sum"]] for row in tally(asked, *by)}

    assert told == plainly(asked, *by)


@pytest.mark.parametrize("narrowed", [*ANSWERED, *NOT_ANSWERED])
def test_count_is_that_of_the_deals(deals, narrowed):
    asked = {**ANSWERED, **NOT_ANSWERED}[narrowed](deals)

    with CaptureQueriesContext(connection) as captured:
        count = asked.count()

    assert count == len(asked)
    asks_totals = [DealTotal._meta.db_table in query["sql"] for query in captured]
    assert asks_totals == ([True] if narrowed in ANSWERED else [] if narrowed == "none" else [False])


def test_what_is_loaded_is_not_asked_for(deals, django_assert_num_queries):
    list(deals)

    with django_assert_num_queries(0):
        assert deals.count() == 20


@pytest.mark.parametrize(
    ("filters", "count"),
    [({}, 20), ({"status": ["won", "lost"]}, 10), ({"stage": "closed"}, 8), ({"stage": "closed", "status": "won"}, 2)],
)
def test_list_is_counted_from_the_totals(call, owner, deals, filters, count):
    with CaptureQueriesContext(connection) as captured:
        answer = call(owner).get(URL, filters).json()

    assert answer["count"] == count
    assert len([query for query in captured if "COUNT(" in query["sql"].upper()]) == 0


def test_totals_of_nothing_known_are_none(deals):
    assert totals_of(deals.filter(title="x")) is None


CENTS = (0, 1, 9, 10, 11, 99, 100, 109, 110, 1_000, 1_234, 1_299, 1_300, 99_999, 100_000, 123_456, 10**18 - 1)


@pytest.fixture
def spread(owner, stranger):
    """A deal of each of these amounts, and two neighbors' deals."""
    for number, cents in enumerate(CENTS):
        status = "won" if cents and number % 2 else "lost"
        DealFactory(by=owner, amount=Decimal(cents).scaleb(-2), status=status, currency=["EUR", "USD"][number % 3 == 0])
    for cents in (10, 1_234):
        DealFactory(by=stranger, amount=Decimal(cents).scaleb(-2))
    return Deal.objects.for_membership(owner)


@pytest.mark.parametrize("others", [{}, {"status": "won"}, {"currency": "EUR", "status__in": ["won", "lost"]}])
def test_amounts_are_counted_by_whole_steps_and_the_rest(spread, others):
    deals = list(spread.filter(**others))
    beside = {cents + step for cents in CENTS for step in (-1, 0, 1)}
    ends = [Decimal(cents).scaleb(-2) for cents in sorted(beside) if 0 <= cents < amounts.BEYOND]
    least = {"amount__gte": ends, "amount__lte": ends}
    asked = [{name: end} for name, ends in least.items() for end in ends]
    asked += [{"amount__gte": one, "amount__lte": other} for one, other in product(ends[::2], ends[1::2])]

    for narrowed in asked:
        least, most = narrowed.get("amount__gte", 0), narrowed.get("amount__lte", 10**18)
        number = amounts.number_of(spread.filter(**others, **narrowed))

        assert list(number) == [(len([deal for deal in deals if least <= deal.amount <= most]),)], narrowed


def test_a_list_of_amounts_is_counted_with_its_page(call, owner, spread):
    with CaptureQueriesContext(connection) as captured:
        answer = call(owner).get(URL, {"min_amount": "0.1", "max_amount": "12.34", "page_size": 1}).json()

    assert (answer["count"], len(captured)) == (8, len(["who asks", "the page"]))
