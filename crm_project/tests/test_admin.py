"""The admin opens every kind of record, counts its queries, and says what the API says."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity
from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal, StageChange
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from organizations.actions import invite
from organizations.audit import AuditEntry
from organizations.models import ExchangeRate, Invitation, Membership, Organization
from organizations.roles import Role
from organizations.tests.factories import MembershipFactory, OrganizationFactory
from organizations.tokens import issue
from organizations.users import Login, User
from tasks.models import Task
from tasks.tests.factories import TaskFactory

MODELS = [
    User,
    Login,
    Authenticator,
    Organization,
    Membership,
    Invitation,
    ExchangeRate,
    AuditEntry,
    Company,
    Contact,
    Pipeline,
    Stage,
    Deal,
    StageChange,
    Task,
    Activity,
]
WRITES_ITSELF = {AuditEntry, Login, Authenticator, StageChange, Activity}
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def one_of_each(owner, member):
    """At least one row of every kind, each with all its neighbors."""
    return add_one_of_each(owner)


def add_one_of_each(by):
    number = Task.objects.count()
    company = CompanyFactory(by=by)
    deal = DealFactory(by=by, contact=ContactFactory(by=by, company=company), company=company)
    TaskFactory(by=by, deal=deal)
    ExchangeRate(organization=by.organization, currency="USD", rate=1, valid_from=f"2026-01-{number + 1:02}").save_by(
        by
    )
    Stage(pipeline=deal.stage.pipeline, slug=f"stage-{number}", name="Stage").save_by(by)
    Pipeline(organization=by.organization, name=f"Pipeline {number}").save_by(by)
    invite(email=f"guest{number}@example.com", role=Role.MEMBER, by=by)
    user = MembershipFactory(organization=by.organization).user
    issue(user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "hidden"})
    OrganizationFactory()


def test_every_model_of_ours_is_in_the_admin():
    ours = {model for model in admin.site._registry if model.__module__.split(".")[0] != "django"}

    assert ours == set(MODELS)


@every_model
def test_list_opens(desk, one_of_each, model):
    assert desk.get(url(model, "changelist")).status_code == 200


@every_model
def test_list_can_be_searched(desk, one_of_each, model):
    assert desk.get(url(model, "changelist"), {"q": "deal"}).status_code == 200


@every_model
def test_record_opens(desk, one_of_each, model):
    assert desk.get(url(model, "change", model.objects.first().pk)).status_code == 200


@every_model
def test_new_record_opens_unless_it_writes_itself(desk, one_of_each, model):
    assert desk.get(url(model, "add")).status_code == (403 if model in WRITES_ITSELF else 200)


def test_lists_ask_as_often_for_thirty_rows_as_for_one(desk, owner, one_of_each):
    before = {model: queries_of_list(desk, model) for model in MODELS}
    for _ in range(29):
        add_one_of_each(owner)

    assert {model: queries_of_list(desk, model) for model in MODELS} == before


def queries_of_list(desk, model):
    with CaptureQueriesContext(connection) as queries:
        desk.get(url(model, "changelist"))
    return len(queries)
