"""What is read as values is shown as its serializer would show it, to the byte, for every kind of row of every list."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from rest_framework.test import APIRequestFactory

from activities.models import Activity
from activities.tests.factories import ActivityFactory
from contacts.tests.factories import CompanyFactory, ContactFactory
from crm_project.tests.routes import routes
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.serializers import PipelineSerializer
from deals.tests.factories import DealFactory
from organizations.actions import invite
from organizations.models import ExchangeRate
from organizations.tenancy.columns import columns_of
from organizations.tenancy.rendering import written
from organizations.tenancy.viewsets import TenantListViewSet
from tasks.tests.factories import TaskFactory

pytestmark = pytest.mark.django_db

LISTS = {route.view for route in routes() if isinstance(route.view, type) and issubclass(route.view, TenantListViewSet)}
BEFORE_1000 = datetime(999, 1, 1, tzinfo=UTC)


@pytest.fixture
def rows(owner, member):
    """Rows of each kind, with and without what may be missing."""
    company = CompanyFactory(by=owner, domain="ann.example", address="1 Sun St\nRoof")
    contact = ContactFactory(by=owner, name='Ann "Ö"\u2028', email="ann@example.com", company=company)
    bare = DealFactory(by=owner, contact=ContactFactory(by=owner))
    won = {"status": "won", "amount": Decimal("1234567890123456.78"), "currency": "JPY", "external_id": "D-1"}
    full = DealFactory(by=owner, contact=contact, company=company, expected_close_date=date(2026, 1, 2), **won)
    Deal.objects.filter(pk=bare.pk).update(created_at=datetime(2026, 1, 1, tzinfo=UTC), amount=Decimal("0.07"))
    Deal.objects.filter(pk=full.pk).update(owner=member.user, created_at=BEFORE_1000)
    TaskFactory(by=owner, deal=bare)
    TaskFactory(by=owner, deal=full, due_date=date(2999, 1, 1), is_done=True, description="Call")
    ActivityFactory(by=owner, deal=full)
    Activity.objects.filter(deal=bare).update(author=None, payload={"deep": {"list": [1, 2.5, None, True, "я"]}})
    Stage.objects.filter(position=1).update(expected_days=7)
    ExchangeRate(organization=owner.organization, currency="USD", rate=Decimal("0.92")).save_by(owner)
    invite(email="new@example.com", role="member", by=owner)
    return full


def view_of(view_class, membership, deal):
    view = view_class(action="list", kwargs={}, format_kwarg=None)
    view.request = APIRequestFactory().get("/")
    view.request.membership, view.deal = membership, deal
    return view


@pytest.mark.parametrize("view_class", sorted(LISTS, key=str), ids=lambda view_class: view_class.__name__)
def test_rows_are_shown_as_their_serializer_shows_them(view_class, rows, owner):
    view = view_of(view_class, owner, rows)
    serializer_class, found = view.get_serializer_class(), view.get_queryset().order_by("pk")
    columns = columns_of(serializer_class)

    expected = [written(serializer_class(record).data) for record in found]

    assert len(expected) > 0
    assert [written(columns.shown(row)) for row in found.values_list(*columns.paths)] == expected
    assert [written(columns.shown_of(record)) for record in found] == expected


@pytest.mark.parametrize("view_class", sorted(LISTS, key=str), ids=lambda view_class: view_class.__name__)
def test_a_list_is_ordered_by_what_it_shows(view_class, owner):
    view = view_of(view_class, owner, None)
    orderings = {*view.orderings, view.default_ordering.lstrip("-"), "id"}

    assert orderings - set(columns_of(view.get_serializer_class()).paths) == set()


def test_there_are_lists_to_look_at():
    assert len(LISTS) == 12


def test_every_deal_without_a_neighbor_is_among_the_rows(rows):
    assert sorted(Deal.objects.values_list("company", "external_id"), key=str) == sorted(
        [(None, None), (rows.company_id, "D-1")], key=str
    )


def test_instants_of_a_record_in_hand_are_told_in_utc(owner):
    pipeline = Pipeline(created_at=datetime(2026, 1, 1, 5, tzinfo=timezone(timedelta(hours=5))))

    assert written(columns_of(PipelineSerializer).shown_of(pipeline)["created_at"]) == b'"2026-01-01T00:00:00Z"'
