"""A list whose questions are kept answers each caller as one whose questions are made anew."""

from itertools import chain, combinations

import pytest

from contacts.tests.factories import ContactFactory
from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from deals.viewsets import DealViewSet
from organizations.tenancy import questions

pytestmark = pytest.mark.django_db
DEALS = "/api/v1/deals"
DAY = "2026-03-01"


@pytest.fixture
def deals(owner, stranger):
    """Of both organizations, in two stages, with and without a day."""
    for by in (owner, stranger):
        contact = ContactFactory(by=by)
        for stage in Stage.objects.for_membership(by).order_by("position")[:2]:
            DealFactory(by=by, contact=contact, stage=stage, amount=5, external_id=f"{by.pk}-{stage.slug}")
            DealFactory(by=by, contact=contact, stage=stage, amount=9, expected_close_date=DAY, currency="USD")


def asked_by(by):
    first = Deal.objects.for_membership(by).order_by("pk")[0]
    return {
        "status": "new",
        "stage": first.stage.slug,
        "pipeline_id": first.stage.pipeline_id,
        "min_amount": "5.01",
        "max_amount": "6",
        "currency": "USD",
        "owner_id": first.owner_id,
        "contact_id": first.contact_id,
        "created_after": "2020-01-01",
        "created_before": "2020-01-01T10:00:00Z",
        "closed_after": "2020-01-01",
        "expected_close_after": DAY,
        "expected_close_before": DAY,
        "external_id": first.external_id,
    }


def ids(answer):
    return [row["id"] for row in answer["results"]]


def plainly(by, asked, request):
    request.membership = by
    queryset = Deal.objects.for_membership(by)
    return DealViewSet.filterset_class(asked, queryset, request=request).qs.order_by("-created_at", "-pk")


@pytest.fixture
def in_words(rf):
    """How a query is written in an address, and read by Django."""

    def read(asked):
        return rf.get("/", asked).GET

    return read


def test_filters_two_at_a_time_find_what_they_find_plainly(owner, stranger, call, deals, rf, in_words):
    for pair in combinations(asked_by(owner), 2):
        for by in (owner, stranger, owner):
            query = in_words({name: asked_by(by)[name] for name in pair})
            found = plainly(by, query, rf.get("/"))
            address = f"{DEALS}?{query.urlencode()}"
            pages = [call(by).get(f"{address}{more}").json() for more in ("", "&page_size=1", "&cursor=")]

            assert [ids(page) for page in pages] == [[deal.pk for deal in part] for part in (found, found[:1], found)]
            assert [page["count"] for page in pages[:2]] == [found.count()] * 2


@pytest.mark.parametrize("column", DealViewSet.orderings)
@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("filters", ["", "&min_amount=5", "&status=new&status=lost"])
def test_pages_by_cursor_lead_there_and_back(owner, stranger, call, deals, column, direction, filters):
    for by in (owner, stranger):
        address = f"{DEALS}?order_by={column}&order={direction}{filters}"
        expected, caller = ids(call(by).get(address).json()), call(by)
        found = [caller.get(f"{address}&page_size=1&cursor=").json()]
        while found[-1]["next"]:
            found.append(caller.get(found[-1]["next"]).json())
        back = [found[-1]]
        while back[-1]["previous"]:
            back.append(caller.get(back[-1]["previous"]).json())

        assert [*chain(*map(ids, found))] == expected == [*chain(*map(ids, reversed(back)))]


def test_other_values_need_no_other_question(owner, stranger, call, deals):
    call(owner).get(f"{DEALS}?min_amount=5&status=new&page_size=1")
    made = [question.cache_info().misses for question in (questions.first_page, questions.number_of_rows)]

    call(stranger).get(f"{DEALS}?min_amount=9&status=lost&page_size=1")

    assert [question.cache_info().misses for question in (questions.first_page, questions.number_of_rows)] == made


def test_a_status_named_twice_is_one(owner, call, deals):
    answer = call(owner).get(f"{DEALS}?status=new&status=new").json()

    assert answer["count"] == Deal.objects.for_membership(owner).count()
