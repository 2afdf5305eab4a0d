"""Filters cost what they are: those that are asked for, and no question whether an id is known if rows prove it."""

import pytest
from django.db import connection
from django_filters import CharFilter, ChoiceFilter, DateRangeFilter, ModelMultipleChoiceFilter, NumberFilter

from contacts.tests.factories import ContactFactory
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from organizations.tenancy import asked, questions
from organizations.tests.answers import refusal
from organizations.tests.statements import statements_of

pytestmark = pytest.mark.django_db
DEALS = "/api/v1/deals"
WHO = "SELECT organizations_membership"
UNKNOWN = [("/contact_id", "invalid_choice")]


@pytest.fixture
def deal(owner):
    return DealFactory(by=owner, amount=5)


@pytest.mark.parametrize("query", ["", "?status=new", "?min_amount=5", "?created_after=2020-01-01"])
def test_a_list_is_who_and_a_page(owner, call, deal, query):
    caller = call(owner)

    assert statements_of(lambda: caller.get(DEALS + query)) == [WHO, "SELECT deals_deal"]


def test_a_search_on_sqlite_is_first_whether_that_are_few(owner, call, deal):
    caller = call(owner)
    whether = {"postgresql": [], "sqlite": ["SELECT"]}[connection.vendor]

    answered = statements_of(lambda: caller.get(f"{DEALS}?min_amount=5&search=deal"))
    DealFactory(by=owner, amount=5)
    counted = statements_of(lambda: caller.get(f"{DEALS}?min_amount=5&search=deal&page_size=1"))

    assert answered == [WHO, *whether, "SELECT deals_deal"]
    assert counted == [*answered, "SELECT deals_deal"]


@pytest.mark.parametrize("name", ["contact_id", "owner_id", "pipeline_id"])
def test_an_id_that_rows_are_found_by_is_not_asked_for(owner, call, deal, name):
    caller, number = call(owner), {"contact_id": deal.contact_id, "owner_id": deal.owner_id}.get(name)
    number = number or deal.stage.pipeline_id

    assert statements_of(lambda: caller.get(f"{DEALS}?{name}={number}")) == [WHO, "SELECT deals_deal"]


def test_an_id_that_no_row_is_found_by_is_asked_for(owner, call):
    caller, lonely = call(owner), ContactFactory(by=owner)

    assert statements_of(lambda: caller.get(f"{DEALS}?contact_id={lonely.pk}")) == [
        WHO,
        "SELECT deals_deal",
        "SELECT contacts_contact",
    ]


@pytest.mark.parametrize("query", ["", "&status=new", "&status=new&status=won&currency=EUR", "&page=2"])
def test_a_full_page_comes_with_its_number_from_the_totals(owner, call, deal, query):
    caller = call(owner)
    DealFactory(by=owner)

    assert statements_of(lambda: caller.get(f"{DEALS}?page_size=1{query}")) == [WHO, "SELECT deals_deal"]
    assert caller.get(f"{DEALS}?page_size=1{query}").json()["count"] == 2


def test_a_full_page_that_totals_cannot_count_is_counted(owner, call, deal):
    caller = call(owner)
    DealFactory(by=owner, amount=9)

    asked = f"{DEALS}?page_size=1&owner_id={owner.user_id}&min_amount="

    assert statements_of(lambda: caller.get(f"{asked}5")) == [WHO, *["SELECT deals_deal"] * 2]
    assert [caller.get(f"{asked}{least}").json()["count"] for least in (5, 9)] == [2, 1]
    assert statements_of(lambda: caller.get(f"{DEALS}?page_size=1&cursor=")) == [WHO, "SELECT deals_deal"]


def test_a_stage_is_one_statement_more(owner, call, deal):
    caller, query = call(owner), f"?page_size=1&stage={deal.stage.slug}"

    assert statements_of(lambda: caller.get(DEALS + query)) == [WHO, "SELECT deals_stage", "SELECT deals_deal"]


def test_a_short_name_of_many_stages_is_asked_for_as_one_set(owner, call, deal):
    for number in range(asked.FEW + 1):
        Stage(pipeline=Pipeline(name=f"Way {number}").save_by(owner), slug="begun", name="Begun").save_by(owner)
    DealFactory(by=owner, stage=Stage.objects.filter(slug="begun").last())
    kept = questions.first_page.cache_info().currsize

    answer = call(owner).get(f"{DEALS}?stage=begun").json()

    assert (answer["count"], questions.first_page.cache_info().currsize) == (1, kept)


@pytest.mark.parametrize(
    ("one", "compares"),
    [
        (ChoiceFilter(field_name="status"), True),
        (NumberFilter(field_name="amount", lookup_expr="gte"), True),
        (ChoiceFilter(field_name="status", exclude=True), False),
        (CharFilter(method="filter_search"), False),
        (ModelMultipleChoiceFilter(queryset=Stage.objects.all()), False),
        (DateRangeFilter(field_name="created_at"), False),
    ],
)
def test_only_what_compares_a_column_is_kept(one, compares):
    assert asked._compares(one) is compares


def test_all_that_is_wrong_is_told_at_once(owner, stranger, call):
    foreign = ContactFactory(by=stranger)

    answer = call(owner).get(f"{DEALS}?contact_id={foreign.pk}&min_amount=x")

    assert refusal(answer) == (400, [*UNKNOWN, ("/min_amount", "invalid")])


@pytest.mark.parametrize("paging", ["", "&page=7", "&cursor="])
def test_an_id_of_another_organization_is_refused_on_every_page(owner, stranger, call, deal, paging):
    foreign = ContactFactory(by=stranger)

    assert refusal(call(owner).get(f"{DEALS}?contact_id={foreign.pk}{paging}")) == (400, UNKNOWN)


def test_a_member_who_asks_for_a_stranger_is_told_that_there_is_none(member, owner, stranger, call):
    answers = [call(member).get(f"{DEALS}?owner_id={one.user_id}") for one in (stranger, owner)]

    assert [refusal(answer) for answer in answers] == [
        (400, [("/owner_id", "invalid_choice")]),
        (403, "may_not_filter_by_owner"),
    ]
