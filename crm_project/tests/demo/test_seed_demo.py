"""`manage.py seed_demo`: what it makes, that it happens once, and that its people can sign in."""

from collections import Counter

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.urls import reverse
from rest_framework.test import APIClient

from activities.models import Activity
from contacts.models import Company, Contact
from crm_project.demo.people import OPERATOR_EMAIL, PASSWORD
from crm_project.tests.demo.conftest import remove_demo, seed_demo
from deals.models import Deal, Status
from deals.pipelines import Stage
from organizations.actions import delete_organization
from organizations.models import Membership, Organization, User
from organizations.roles import Role
from organizations.tenancy import clock
from organizations.tenancy.hall import Record
from tasks.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_at")]


def count(queryset, *fields):
    return dict(Counter(queryset.order_by().values_list(*fields, flat=len(fields) == 1)))


def rows():
    models = [model for model in apps.get_models() if issubclass(model, Record)]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in [*models, User]}


def told():
    """Everything that the demo tells, without the ids, which differ from load to load."""
    deals = Deal.objects.order_by("id").values_list(
        "title", "amount", "currency", "status", "stage__slug", "owner__email", "created_at", "expected_close_date"
    )
    tasks = Task.objects.order_by("id").values_list("title", "due_date", "done_at", "assignee__email")
    entries = Activity.objects.order_by("id").values_list("type", "author__email", "created_at", "payload__text")
    return list(deals), list(tasks), list(entries)


def test_two_organizations_stand_in_different_worlds():
    assert list(Organization.objects.order_by("id").values_list("slug", "base_currency", "time_zone")) == [
        ("nordwind", "EUR", "Europe/Berlin"),
        ("alatau", "KZT", "Asia/Almaty"),
    ]


def test_stages_are_named_in_the_language_of_the_founder(loaded_at):
    first = Stage.objects.filter(slug="qualification").order_by("organization_id").values_list("name", flat=True)
    assert list(first) == ["Qualification", "Квалификация"]


def test_every_role_is_taken():
    assert count(Membership.objects.all(), "organization__slug", "role") == {
        ("nordwind", Role.OWNER): 1,
        ("nordwind", Role.ADMIN): 1,
        ("nordwind", Role.MANAGER): 2,
        ("nordwind", Role.MEMBER): 4,
        ("alatau", Role.OWNER): 1,
        ("alatau", Role.ADMIN): 1,
        ("alatau", Role.MANAGER): 1,
        ("alatau", Role.MEMBER): 3,
    }


def test_deals_stand_in_every_stage_and_status():
    assert count(Deal.objects.filter(organization__slug="nordwind"), "stage__slug", "status") == {
        ("qualification", Status.NEW): 11,
        ("qualification", Status.IN_PROGRESS): 17,
        ("qualification", Status.LOST): 17,
        ("proposal", Status.IN_PROGRESS): 22,
        ("proposal", Status.LOST): 16,
        ("negotiation", Status.IN_PROGRESS): 18,
        ("negotiation", Status.LOST): 11,
        ("closed", Status.WON): 28,
    }
    assert count(Deal.objects.all(), "organization__slug") == {"nordwind": 140, "alatau": 60}


def test_each_organization_sells_in_three_currencies():
    assert set(count(Deal.objects.all(), "organization__slug", "currency")) == {
        ("nordwind", "EUR"),
        ("nordwind", "CHF"),
        ("nordwind", "GBP"),
        ("alatau", "KZT"),
        ("alatau", "RUB"),
        ("alatau", "USD"),
    }


def test_every_customer_can_be_reached():
    assert (Company.objects.count(), Contact.objects.count()) == (55, 66)
    assert not Company.objects.filter(domain="").exists()
    for gap in ({"email": ""}, {"phone": ""}, {"job_title": ""}, {"company": None}):
        assert list(Contact.objects.filter(**gap)) == []


def test_a_second_run_changes_nothing():
    before = rows()

    answer = seed_demo()

    assert answer.startswith("The demo is here already: nothing was changed.\n")
    assert rows() == before


def test_a_deleted_organization_does_not_come_back():
    delete_organization(Organization.objects.get(slug="nordwind"), confirm="nordwind", by=None)

    answer = seed_demo()

    assert list(Organization.objects.values_list("slug", flat=True)) == ["alatau"]
    assert "Nordwind" not in answer


def test_two_loads_at_the_same_moment_tell_the_same(loaded_at):
    before = told()
    remove_demo()

    with clock.at(loaded_at):
        seed_demo()

    assert told() == before


def test_printed_sign_ins_are_good():
    lines = seed_demo().splitlines()[4:]
    printed = [line.rsplit(maxsplit=3)[1:] for line in lines]

    assert len(printed) == 15
    assert all(authenticate(email=email, password=password) for _, email, password in printed)
    assert {(role, email) for role, email, _ in printed} == {
        ("Operator", OPERATOR_EMAIL),
        *((member.get_role_display(), member.user.email) for member in Membership.objects.select_related("user")),
    }


def test_the_password_is_one_that_people_may_choose():
    for user in User.objects.all():
        validate_password(PASSWORD, user)


def test_anna_works_in_both_organizations():
    tokens = APIClient().post("/api/v1/auth/login", {"email": "anna@nordwind.example", "password": PASSWORD}).json()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}

    organizations = APIClient().get("/api/v1/organizations/me", headers=headers).json()

    assert [(place["slug"], place["role"]) for place in organizations] == [
        ("nordwind", "manager"),
        ("alatau", "member"),
    ]


def test_the_operator_enters_the_admin_and_no_organization(client):
    client.login(email=OPERATOR_EMAIL, password=PASSWORD)

    assert client.get(reverse("admin:index")).status_code == 200
    assert not Membership.objects.filter(user__email=OPERATOR_EMAIL).exists()
