"""A form says what the hall says, at the field it says it of; deals stand for every record."""

import pytest
from django import forms

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.tenancy.forms import TenantForm
from tasks.models import Task
from tasks.tests.factories import TaskFactory

pytestmark = pytest.mark.django_db


class DealForm(TenantForm):
    optional = ("owner", "stage", "currency")

    class Meta:
        model = Deal
        fields = ["title", "contact", "owner", "stage", "status", "amount", "currency", "external_id"]


class StatusForm(TenantForm):
    class Meta:
        model = Deal
        fields = ["status"]


class ContactForm(TenantForm):
    class Meta:
        model = Contact
        fields = ["name", "company", "external_id"]


def filled(contact, **values):
    return {"title": "Solar roof", "contact": contact.pk, "status": "new", "amount": "0", **values}


def test_form_saves_through_the_hall_as_the_member(owner):
    form = DealForm(filled(ContactFactory(by=owner)), by=owner)

    assert form.save_or_show()
    deal = Deal.objects.get()
    assert (deal.owner, deal.stage.slug, deal.currency, deal.version) == (owner.user, "qualification", "EUR", 1)
    assert deal.activities.get().author == owner.user


def test_constraint_is_shown_at_its_field(owner):
    form = DealForm(filled(ContactFactory(by=owner), status="won"), by=owner)

    assert form.errors == {"amount": ["A won deal needs an amount above zero."]}


def test_row_is_judged_where_the_form_leaves_the_field_out(owner):
    form = StatusForm({"status": "won"}, instance=DealFactory(by=owner), by=owner)

    assert form.errors == {"__all__": ["A won deal needs an amount above zero."]}


def test_forbidden_is_shown_at_its_field(member, manager):
    deal = DealFactory(by=member)
    values = filled(deal.contact, owner=manager.user_id, stage=deal.stage_id, currency="EUR")
    form = DealForm(values, instance=deal, by=member)

    assert form.errors == {"owner": ["Only a manager may name another owner."]}


def test_forbidden_without_a_field_is_shown_above_the_form(member, manager):
    form = StatusForm({"status": "lost"}, instance=DealFactory(by=manager), by=member)

    assert form.errors == {"__all__": ["You may change only what you own."]}


def test_conflict_is_shown_at_its_field(owner):
    ContactFactory(by=owner, external_id="A-1")
    form = ContactForm({"name": "Anna", "external_id": "A-1"}, by=owner)

    assert form.errors == {"external_id": ["Another record has this external id."]}


def test_field_that_is_malformed_says_only_that(owner):
    form = DealForm(filled(ContactFactory(by=owner), status="won", amount="much", title=""), by=owner)

    assert form.errors == {"amount": ["Enter a number."], "title": ["This field is required."]}


def test_control_characters_are_refused_at_their_field(owner):
    form = ContactForm({"name": "Anna\x07"}, by=owner)

    assert form.errors == {"name": ["Remove the control characters from this text."]}


def test_records_of_another_organization_are_no_choice(owner, stranger):
    form = ContactForm({"name": "Anna", "company": CompanyFactory(by=stranger).pk}, by=owner)

    assert form.errors == {"company": ["There is no such record in this organization."]}


def test_only_members_are_a_choice_of_owner(owner, member, stranger):
    form = DealForm(by=owner)

    assert set(form.fields["owner"].queryset) == {owner.user, member.user}


def test_choices_are_those_of_the_organization(owner, stranger):
    mine, _ = CompanyFactory(by=owner), CompanyFactory(by=stranger)

    assert list(ContactForm(by=owner).fields["company"].queryset) == [mine]


def test_field_that_a_form_declares_itself_is_limited_too(owner, stranger):
    class OwnForm(ContactForm):
        company = forms.ModelChoiceField(Company.objects.all())

    CompanyFactory(by=stranger)

    assert list(OwnForm(by=owner).fields["company"].queryset) == []


def test_refusal_of_a_race_comes_back_in_the_form(owner):
    form = ContactForm({"name": "Anna", "external_id": "A-1"}, by=owner)
    assert form.is_valid()
    ContactFactory(by=owner, external_id="A-1")

    assert not form.save_or_show()
    assert form.errors == {"external_id": ["Another record has this external id."]}


def test_form_of_a_record_that_changed_in_the_meantime_is_refused(owner):
    deal = DealFactory(by=owner)
    shown = StatusForm(instance=Deal.objects.get(), by=owner)
    deal.status = "in_progress"
    deal.save_by(owner)

    sent = {"status": "lost", "seen_version": shown["seen_version"].value()}
    form = StatusForm(sent, instance=Deal.objects.get(), by=owner)

    assert not form.save_or_show()
    assert form.errors == {"__all__": ["This record was changed in the meantime. Load it again."]}


def test_change_between_the_dry_run_and_saving_is_noticed(owner):
    deal = DealFactory(by=owner)
    form = StatusForm({"status": "lost", "seen_version": 1}, instance=Deal.objects.get(), by=owner)
    assert form.is_valid()
    deal.status = "in_progress"
    deal.save_by(owner)

    assert not form.save_or_show()
    assert form.errors == {"__all__": ["This record was changed in the meantime. Load it again."]}


def test_refused_form_changes_nothing(owner):
    deal = DealFactory(by=owner)

    assert not StatusForm({"status": "won"}, instance=deal, by=owner).save_or_show()
    assert list(Deal.objects.values_list("status", "version")) == [("new", 1)]


def test_record_of_another_is_refused_unchanged_too(member, manager):
    form = StatusForm({"status": "new"}, instance=DealFactory(by=manager), by=member)

    assert not form.save_or_show()
    assert form.non_field_errors() == ["You may change only what you own."]


def test_overdue_task_can_be_renamed(owner):
    task = TaskFactory(by=owner)
    Task.objects.update(due_date="2020-01-01")

    class TitleForm(TenantForm):
        class Meta:
            model = Task
            fields = ["title"]

    form = TitleForm({"title": "Call again"}, instance=Task.objects.get(pk=task.pk), by=owner)

    assert form.save_or_show()
    assert Task.objects.get().title == "Call again"


def test_dry_run_of_a_loaded_deal_asks_the_database_nothing(owner, django_assert_num_queries):
    deal = Deal.objects.select_related("contact", "stage", "organization").get(pk=DealFactory(by=owner).pk)

    with django_assert_num_queries(2):  # the transaction's own
        assert StatusForm({"status": "lost"}, instance=deal, by=owner).is_valid()
