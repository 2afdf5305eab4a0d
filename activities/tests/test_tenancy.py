"""The database itself keeps the organizations apart, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from activities.models import Activity
from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal, StageChange
from deals.pipelines import Stage
from tasks.models import Task
from tasks.tests.factories import TaskFactory


def populated(by):
    """One row of everything in this member's organization."""
    company = CompanyFactory(by=by)
    contact = ContactFactory(by=by, company=company)
    task = TaskFactory(by=by, deal__contact=contact, deal__company=company)
    rows = {"owner": by.user, "assignee": by.user, "company": company, "contact": contact, "deal": task.deal}
    stage = task.deal.stage
    return {**rows, "stage": stage, "from_stage": stage, "to_stage": stage, "pipeline": stage.pipeline}


PAIRS = [
    (Company, "owner"),
    (Contact, "owner"),
    (Contact, "company"),
    (Stage, "pipeline"),
    (Deal, "owner"),
    (Deal, "contact"),
    (Deal, "company"),
    (Deal, "stage"),
    (StageChange, "deal"),
    (StageChange, "from_stage"),
    (StageChange, "to_stage"),
    (Task, "assignee"),
    (Task, "deal"),
    (Activity, "deal"),
]


@pytest.mark.parametrize(("model", "name"), PAIRS)
def test_the_database_refuses_a_neighbor_of_others(owner, stranger, model, name):
    populated(owner)
    theirs = populated(stranger)[name]
    row = model.objects.for_membership(owner).first()

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{name: theirs})


@pytest.mark.parametrize("model", [Company, Contact, Deal, Task, Activity])
def test_a_row_does_not_change_its_organization(owner, stranger, model):
    populated(owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(organization=owner.organization).update(organization=stranger.organization)
