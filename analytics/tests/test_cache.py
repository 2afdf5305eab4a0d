"""Reports are kept, and right in the next request after any change."""

from datetime import date

import pytest
from django.core.cache import cache as store
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from analytics import cache
from contacts.tests.factories import ContactFactory
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from organizations.actions import remove_member
from organizations.models import ExchangeRate, Organization
from organizations.tenancy.bulk import save_all_by

pytestmark = pytest.mark.django_db

SUMMARY = "/api/v1/analytics/deals/summary"
FUNNEL = "/api/v1/analytics/deals/funnel"


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def deal(owner):
    return DealFactory(by=owner, contact=ContactFactory(by=owner), amount=5)


@pytest.fixture
def ask(call, owner):
    """`ask(path)`: the report, and how many statements it took."""

    def ask(path, by=owner):
        client = call(by)
        with CaptureQueriesContext(connection) as captured:
            body = client.get(path).json()
        return body, len(captured)

    return ask


@pytest.fixture
def warm(ask, deal):
    """Both reports are kept; `warm()` tells whether they still are."""

    def kept():
        return [ask(path)[1] <= 2 for path in (SUMMARY, FUNNEL)] == [True, True]

    for path in (SUMMARY, FUNNEL):
        ask(path)
    assert kept()
    return kept


@pytest.mark.parametrize("path", [SUMMARY, FUNNEL, f"{SUMMARY}?days=7"])
def test_a_kept_report_costs_at_most_two_statements_sign_in_included(ask, deal, path):
    first, _ = ask(path)
    again, statements = ask(path)

    assert again == first
    assert statements <= 2


@pytest.mark.parametrize("path", [SUMMARY, FUNNEL, f"{SUMMARY}?days=7"])
def test_a_new_report_costs_one_statement_more_for_all_its_figures(ask, deal, path):
    assert ask(path)[1] == 3


def test_a_kept_funnel_of_a_named_pipeline_costs_at_most_two_statements(ask, deal):
    path = f"{FUNNEL}?pipeline_id={Pipeline.objects.get().pk}"
    ask(path)

    assert ask(path)[1] <= 2


def test_reports_with_other_arguments_are_kept_apart(ask, deal):
    assert [ask(f"{SUMMARY}?days={days}")[0]["days"] for days in (1, 7, 1)] == [1, 7, 1]


def test_a_new_deal_counts(ask, warm, deal, owner, commit):
    with commit():
        DealFactory(by=owner, contact=deal.contact)

    assert ask(SUMMARY)[0]["total_deals"] == 2
    assert ask(FUNNEL)[0]["stages"][0]["total"] == 2


def test_a_deal_changed_by_http_counts(ask, warm, deal, call, owner, commit):
    with commit():
        call(owner).patch(f"/api/v1/deals/{deal.pk}", {"status": "won", "stage": "closed"})

    assert ask(SUMMARY)[0]["count_by_status"]["won"] == 1
    assert ask(FUNNEL)[0]["stages"][3]["total"] == 1


def test_a_deleted_deal_does_not_count(ask, warm, deal, owner, commit):
    with commit():
        deal.delete_by(owner)

    assert ask(SUMMARY)[0]["total_deals"] == 0
    assert ask(FUNNEL)[0]["stages"][0]["reached"] == 0


@pytest.mark.parametrize("which", ["oldest", "newest"])
def test_a_deal_that_another_process_deleted_does_not_count(ask, warm, deal, owner, which):
    """It tells this one's cache nothing."""
    DealFactory(by=owner, contact=deal.contact)
    assert ask(SUMMARY)[0]["total_deals"] == 2

    deals = Deal.objects.order_by("updated_at")
    (deals.first() if which == "oldest" else deals.last()).delete_by(owner)

    assert ask(SUMMARY)[0]["total_deals"] == 1


def test_new_deals_of_a_batch_count(ask, warm, deal, owner, commit):
    with commit():
        save_all_by([Deal(contact=deal.contact, title=f"Deal {n}") for n in range(3)], owner)

    assert ask(SUMMARY)[0]["total_deals"] == 4


def test_changed_deals_of_a_batch_count(ask, warm, deal, owner, commit):
    deal.stage = Stage.objects.get(slug="proposal")
    with commit():
        save_all_by([deal], owner)

    assert ask(FUNNEL)[0]["stages"][1]["total"] == 1


def test_a_renamed_stage_is_called_so(ask, warm, owner, commit):
    stage = Stage.objects.get(slug="proposal")
    stage.name = "Offer"
    with commit():
        stage.save_by(owner)

    assert ask(FUNNEL)[0]["stages"][1]["name"] == "Offer"


def test_reordered_stages_are_in_their_order(ask, warm, owner, commit):
    stage = Stage.objects.get(slug="closed")
    stage.position = 1
    with commit():
        stage.save_by(owner)

    assert [stage["stage"] for stage in ask(FUNNEL)[0]["stages"]][:2] == ["closed", "qualification"]


def test_another_default_pipeline_is_the_funnel(ask, warm, owner, commit):
    pipeline = Pipeline(name="Partners").save_by(owner)
    Stage(pipeline=pipeline, slug="offer", name="Offer").save_by(owner)
    pipeline.is_default = True
    with commit():
        pipeline.save_by(owner)

    assert ask(FUNNEL)[0]["pipeline_id"] == pipeline.pk


def test_a_new_rate_converts(ask, warm, deal, owner, commit):
    with commit():
        DealFactory(by=owner, contact=deal.contact, currency="USD", amount=10)
    assert ask(SUMMARY)[0]["unconverted"] == ["USD"]

    with commit():
        rate = ExchangeRate(currency="USD", rate="0.5", valid_from=date(2020, 1, 1)).save_by(owner)
    assert ask(SUMMARY)[0]["amount_by_status"]["new"] == "10.00"

    rate.rate = 2
    with commit():
        rate.save_by(owner)
    assert ask(SUMMARY)[0]["amount_by_status"]["new"] == "25.00"

    with commit():
        rate.delete_by(owner)
    assert ask(SUMMARY)[0]["unconverted"] == ["USD"]


def test_another_base_currency_is_the_currency(ask, warm, owner, commit):
    organization = Organization.objects.get()
    organization.base_currency = "CHF"
    with commit():
        organization.save_by(owner)

    assert (ask(SUMMARY)[0]["currency"], ask(SUMMARY)[0]["unconverted"]) == ("CHF", ["EUR"])


def test_handed_over_deals_still_count(ask, warm, deal, owner, member, commit):
    with commit():
        DealFactory(by=member, contact=deal.contact)
    with commit():
        remove_member(member, by=owner)

    assert ask(SUMMARY)[0]["total_deals"] == 2


def test_a_refused_change_keeps_the_reports(warm, deal, call, owner, commit):
    with commit():
        answer = call(owner).patch(f"/api/v1/deals/{deal.pk}", {"status": "won", "amount": 0})

    assert answer.status_code == 400
    assert warm()


def test_a_change_that_was_rolled_back_keeps_the_reports(warm, deal, owner, commit):
    with commit(), transaction.atomic():
        DealFactory(by=owner, contact=deal.contact)
        transaction.set_rollback(True)

    assert warm()


def test_a_contact_changes_no_report(warm, deal, owner, commit):
    deal.contact.name = "Anna"
    with commit():
        deal.contact.save_by(owner)

    assert warm()


def test_another_organization_keeps_its_reports(ask, warm, stranger, commit):
    with commit():
        DealFactory(by=stranger)

    assert warm()
    assert ask(SUMMARY, stranger)[0]["total_deals"] == 1


def test_a_change_while_a_report_is_built_counts_in_the_next(ask, deal, owner, commit, monkeypatch):
    build = cache.remember

    def slowly(organization_id, figure, state, count):
        def count_then_change():
            counted = count()
            with commit():
                DealFactory(by=owner, contact=deal.contact)
            return counted

        return build(organization_id, figure, state, count_then_change)

    with monkeypatch.context() as slow:
        slow.setattr(cache, "remember", slowly)
        assert ask(SUMMARY)[0]["total_deals"] == 1

    assert ask(SUMMARY)[0]["total_deals"] == 2


def test_a_report_of_an_organization_that_changed_on_the_way_is_not_kept(ask, deal, owner, commit, monkeypatch):
    """The request has read the organization before it asks what is kept."""
    look = cache.remember

    def late(*arguments):
        organization = Organization.objects.get()
        organization.base_currency = "CHF"
        with commit():
            organization.save_by(owner)
        return look(*arguments)

    with monkeypatch.context() as slow:
        slow.setattr(cache, "remember", late)
        ask(SUMMARY)

    assert ask(SUMMARY)[0]["currency"] == "CHF"


def test_figures_whose_stamp_was_evicted_are_not_woken(ask, warm, owner, deal):
    store.delete(cache._stamp_key(owner.organization_id))
    Deal.objects.all().delete()

    assert ask(SUMMARY)[0]["total_deals"] == 0


def test_changes_leave_no_figures_behind(ask, deal, owner, commit):
    number = []
    for _ in range(3):
        for path in (SUMMARY, FUNNEL):
            ask(path)
        number.append(len(caches["default"]._cache))
        with commit():
            DealFactory(by=owner, contact=deal.contact)

    assert number == [number[0]] * 3
