"""What stays by the API stays by the admin, with the same sentence; what goes, goes through the hall."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from activities.models import Activity
from contacts.models import Contact
from contacts.tests.factories import ContactFactory
from deals.models import Deal, StageChange
from deals.pipelines import Pipeline
from deals.tests.factories import DealFactory
from organizations.models import Membership, Organization
from tasks.tests.factories import TaskFactory


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_contact_with_deals_stays_as_by_the_api(desk, owner, call):
    contact = DealFactory(by=owner).contact
    answer = call(owner).delete(f"/api/v1/contacts/{contact.pk}")

    response = desk.post(url(Contact, "delete", contact.pk), {"post": "yes"})

    assert (response.status_code, response.url) == (302, url(Contact, "change", contact.pk))
    assert told(response) == [answer.json()["detail"]]
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_of_many_contacts_all_stay_where_one_has_deals(desk, owner):
    contacts = [ContactFactory(by=owner), DealFactory(by=owner).contact]

    response = desk.post(
        url(Contact, "changelist"),
        {"action": "delete_selected", "_selected_action": [contact.pk for contact in contacts], "post": "yes"},
    )

    assert told(response) == ["This contact has 1 deal. Delete or move it first."]
    assert Contact.objects.count() == 2


def test_many_contacts_of_several_organizations_are_deleted_at_once(desk, owner, stranger):
    contacts = [ContactFactory(by=owner), ContactFactory(by=stranger)]

    desk.post(
        url(Contact, "changelist"),
        {"action": "delete_selected", "_selected_action": [contact.pk for contact in contacts], "post": "yes"},
    )

    assert Contact.objects.count() == 0


def test_default_pipeline_is_not_deleted_as_by_the_api(desk, owner, call):
    pipeline = Pipeline.objects.get()
    answer = call(owner).delete(f"/api/v1/pipelines/{pipeline.pk}")

    response = desk.post(url(Pipeline, "delete", pipeline.pk), {"post": "yes"})

    assert told(response) == [answer.json()["detail"]]


def test_last_owner_is_not_removed_as_by_the_api(desk, owner, call):
    answer = call(owner).delete(f"/api/v1/members/{owner.pk}")

    response = desk.post(url(Membership, "delete", owner.pk), {"post": "yes"})

    assert told(response) == [answer.json()["detail"]]


def test_records_of_a_removed_member_go_to_an_owner(desk, owner, member):
    deal = DealFactory(by=member)

    desk.post(url(Membership, "delete", member.pk), {"post": "yes"})

    assert not Membership.objects.filter(pk=member.pk).exists()
    assert Deal.objects.get(pk=deal.pk).owner == owner.user


def test_organization_is_deleted_with_everything_in_it(desk, owner):
    TaskFactory(by=owner)

    desk.post(url(Organization, "delete", owner.organization_id), {"post": "yes"})

    assert not Organization.objects.filter(pk=owner.organization_id).exists()
    assert not Deal.objects.exists()


@pytest.mark.parametrize("model", [Activity, StageChange], ids=["activity", "stage_change"])
@pytest.mark.parametrize("page", ["change", "delete"])
def test_history_is_only_read(desk, owner, model, page):
    DealFactory(by=owner)

    response = desk.post(url(model, page, model.objects.first().pk), {"post": "yes"})

    assert response.status_code == 403
    assert model.objects.count() == 1


def test_deletion_says_how_many_rows_go_along(desk, owner):
    task = TaskFactory(by=owner)

    response = desk.get(url(Deal, "delete", task.deal_id))

    assert dict(response.context["model_count"]) == {"deals": 1, "stage changes": 1, "tasks": 1, "activities": 2}
