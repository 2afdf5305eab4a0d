"""A foreign key offers in the admin what belongs to the organization of the record."""

from django.urls import reverse

from contacts.tests.factories import ContactFactory
from deals.models import Deal
from organizations.models import Membership


def choices(desk, model, field, organization_id):
    names = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
    answer = desk.get(reverse("admin:autocomplete"), {**names, "term": "", "organization": organization_id})
    return [choice["text"] for choice in answer.json()["results"]]


def test_choices_are_those_of_the_organization(desk, owner, stranger):
    ContactFactory(by=owner, name="Anna")
    ContactFactory(by=stranger, name="Bert")

    assert choices(desk, Deal, "contact", owner.organization_id) == ["Anna"]
    assert choices(desk, Deal, "contact", "") == []


def test_owner_is_chosen_among_the_members(desk, operator, owner, stranger):
    assert choices(desk, Deal, "owner", owner.organization_id) == ["Olga Owner"]


def test_new_member_is_chosen_among_all_users(desk, operator, owner, stranger):
    assert choices(desk, Membership, "user", owner.organization_id) == ["Olga Owner", "Rita Root", "Stan Stranger"]
