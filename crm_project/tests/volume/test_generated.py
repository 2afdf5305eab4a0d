"""What is generated: so many rows, each as the hall would have written it."""

import copy
from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.db.models import Count

from activities.models import Activity
from contacts.models import Company, Contact
from contacts.tests.factories import ContactFactory
from crm_project.tests.volume.conftest import LITTLE
from crm_project.volume import generate as generation
from crm_project.volume.generate import PASSWORD, generate
from crm_project.volume.tables import ORDER
from deals import recount
from deals.models import Deal, StageChange, Status
from deals.pipelines import Stage
from organizations.audit import AuditEntry, Departure
from organizations.models import ExchangeRate, Membership, Organization, User
from organizations.roles import Role
from organizations.tenancy import clock
from organizations.tenancy.constraints import rules_of
from organizations.tenancy.examination import examine
from tasks.models import Task


def counts():
    return {model.__name__: model.objects.count() for model in (Organization, Deal, Contact, Company, Activity)}


def told():
    """Every value of every row, without the ids, which differ from one time to the next."""
    rows = []
    for model in (User, Organization, *ORDER):
        fields = [field.name for field in model._meta.concrete_fields if not field.is_relation and field.name != "id"]
        fields = [name for name in fields if name not in ("password", "payload")]
        rows += list(model.objects.order_by("pk").values_list(*fields))
    return rows


def remove():
    Departure.objects.bulk_create(Departure(pk=organization.pk) for organization in Organization.objects.all())
    for model in (AuditEntry, *reversed(ORDER)):
        model.objects.all()._raw_delete("default")
    for model in (ExchangeRate, Membership, Organization, Departure, User):
        model.objects.all().delete()


def test_there_is_as_much_as_was_asked_for(email):
    assert counts() == {"Organization": 3, "Deal": 80, "Contact": 45, "Company": 6, "Activity": 420}


def lacks_neighbor(model, field):
    if not field.is_relation:
        return False
    rows = model._base_manager.exclude(**{field.name: None})
    return rows.exclude(**{f"{field.name}__in": field.related_model._base_manager.all()}).exists()


def test_totals_and_neighbors_are_right_after_it(email):
    assert recount.differences(connection) == []
    assert [field for model in ORDER for field in model._meta.concrete_fields if lacks_neighbor(model, field)] == []


def test_the_largest_has_half_of_everything(email):
    deals = dict(Deal.objects.order_by().values_list("organization__slug").annotate(Count("pk")))

    assert sorted(deals.values(), reverse=True) == [39, 27, 14]


def test_the_database_finds_every_neighbor(email):
    connection.check_constraints()


@pytest.mark.parametrize("model", ORDER)
def test_every_row_keeps_every_rule(email, model):
    rows = list(model.objects.all())
    changes = [(row, None if model is Activity else copy.copy(row)) for row in rows]
    for row in rows:
        row._loaded = {}  # as if each column was new, so that each is judged

    if model is StageChange:  # which nobody may write
        assert [rule.broken_by(rows) for rule in rules_of(model)] == [set()] * len(rules_of(model))
    else:
        assert rows
        assert examine(changes, None).all() == {}


@pytest.mark.parametrize("model", [Company, Contact, Deal, Task])
def test_whatever_follows_from_the_rest_is_filled_in(email, model):
    for row in model.objects.select_related("organization"):
        with clock.at(row.updated_at):
            row.prepare(copy.copy(row), None)

        assert row.changed_fields() == set()


def test_moves_lead_from_the_beginning_to_where_a_deal_stands(email):
    for deal in Deal.objects.all():
        moves = list(deal.stage_changes.order_by("at", "id"))

        assert [move.from_stage_id for move in moves] == [None, *(move.to_stage_id for move in moves[:-1])]
        assert moves[0].at == deal.created_at
        assert (moves[-1].to_stage_id, moves[-1].at) == (deal.stage_id, deal.stage_entered_at)
        assert [move.seconds_before for move in moves[1:]] == [
            int((move.at - before.at).total_seconds()) for before, move in pairwise(moves)
        ]


def test_the_timeline_tells_what_a_deal_is_now(email):
    for deal in Deal.objects.select_related("stage"):
        entries = list(deal.activities.order_by("created_at", "id"))
        now = {"status": deal.status, "stage": deal.stage.slug, "amount": f"{deal.amount:.2f}", "owner": deal.owner_id}
        last = {entry.type: entry.payload for entry in entries}

        assert [entry.type for entry in entries].count("deal_created") == 1
        assert (entries[0].type, entries[0].created_at) == ("deal_created", deal.created_at)
        assert {name: last[f"{name}_changed"]["to"] for name in now if f"{name}_changed" in last}.items() <= now.items()


def test_a_closed_deal_was_closed_when_its_timeline_says_so(email):
    closed = Deal.objects.filter(status__in=[Status.WON, Status.LOST])
    known = {(deal.pk, deal.status): deal.closed_at for deal in closed}
    entries = Activity.objects.filter(type="status_changed", payload__to__in=[Status.WON, Status.LOST])

    assert len(entries) > 20
    assert {(one.deal_id, one.payload["to"]): one.created_at for one in entries}.items() <= known.items()


def test_each_change_makes_a_version(email):
    for deal in Deal.objects.all():
        changes = deal.activities.filter(type__endswith="_changed").values("created_at").distinct()

        assert deal.version == 1 + changes.count()


def test_each_task_is_told_of(email):
    entries = Activity.objects.filter(type__in=["task_created", "task_done"]).order_by("id")
    done = Task.objects.filter(is_done=True)

    assert Task.objects.count() > 5
    assert sorted(entry.payload["task_id"] for entry in entries if entry.type == "task_created") == sorted(
        Task.objects.values_list("pk", flat=True)
    )
    assert {entry.payload["task_id"]: entry.created_at for entry in entries if entry.type == "task_done"} == dict(
        done.values_list("pk", "done_at")
    )


def test_all_of_it_happened_within_two_years_before_today(email):
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    moments = Activity.objects.order_by("created_at").values_list("created_at", flat=True)

    assert midnight - timedelta(days=730) <= moments[0]
    assert moments.last() <= midnight


def test_deals_are_of_contacts_who_were_known_by_then(email):
    assert all(deal.contact.created_at <= deal.created_at for deal in Deal.objects.select_related("contact"))
    assert all(deal.contact.company_id == deal.company_id for deal in Deal.objects.select_related("contact"))


def test_the_owner_can_sign_in(email):
    user = authenticate(email=email, password=PASSWORD)

    assert user.memberships.get().role == Role.OWNER
    assert Deal.objects.filter(organization=user.memberships.get().organization).count() == 39


def test_every_organization_is_furnished(email):
    for organization in Organization.objects.all():
        stages = Stage.objects.filter(organization=organization, pipeline__is_default=True)

        assert list(stages.values_list("slug", flat=True)) == ["qualification", "proposal", "negotiation", "closed"]
        assert list(organization.rates.values_list("currency", flat=True)) == ["GBP", "USD"]
        assert sorted(Membership.objects.filter(organization=organization).values_list("role", flat=True)) == [
            "admin",
            "manager",
            "owner",
        ]


def test_the_same_seed_tells_the_same(email):
    before = told()
    remove()

    generate(LITTLE, seed=1, told=lambda count: None)

    assert told() == before


def test_another_seed_tells_something_else(email):
    before = told()
    remove()

    generate(LITTLE, seed=2, told=lambda count: None)

    assert told() != before


def test_portions_change_nothing(email, monkeypatch):
    before, written = told(), []
    remove()
    monkeypatch.setattr(generation, "PORTION", 7)

    generate(LITTLE, seed=1, told=written.append)

    assert told() == before
    assert max(written) == 7
    connection.check_constraints()


def test_the_next_record_gets_the_next_id(email):
    owner = Membership.objects.filter(user__email=email).get()
    last = Contact.objects.order_by("-pk").first()

    assert ContactFactory(by=owner).pk == last.pk + 1
