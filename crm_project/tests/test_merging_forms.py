"""Two people fill in a form of the same record; a deal stands for every record."""

import datetime

import pytest
from django import forms
from django.http import QueryDict

from contacts.tests.factories import CompanyFactory
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.tenancy.forms import TenantForm

pytestmark = pytest.mark.django_db


class DealForm(TenantForm):
    class Meta:
        model = Deal
        fields = ["title", "amount", "lost_reason", "expected_close_date", "company"]


@pytest.fixture
def deal(owner):
    return DealFactory(by=owner, title="Roof", amount="100", lost_reason="One\nTwo", company=CompanyFactory(by=owner))


def stored():
    return Deal.objects.get()


def sent(form):
    """What a browser sends of a form that nobody touched."""
    values = QueryDict(mutable=True)
    for field in form:
        value = field.value()
        values[field.html_name] = "" if value is None else str(value).replace("\n", "\r\n")
        if field.field.show_hidden_initial:
            values[field.html_initial_name] = values[field.html_name]
    return values


def page(owner, form_class=DealForm):
    """A page with the form, open in a browser."""
    return sent(form_class(instance=stored(), by=owner))


def change(owner, **values):
    deal = stored()
    for name, value in values.items():
        setattr(deal, name, value)
    deal.save_by(owner)


def send(values, owner, **typed):
    values = values.copy()
    for name, value in typed.items():
        values[name] = value
    form = DealForm(values, instance=stored(), by=owner)
    return form, form.save_or_show()


def test_what_only_the_other_changed_is_kept(owner, deal):
    shown = page(owner)
    date, company = datetime.date(2026, 12, 4), CompanyFactory(by=owner)
    change(owner, title="Big roof", lost_reason="Three", expected_close_date=date, company=company)

    form, saved = send(shown, owner, amount="120")

    assert (saved, form.errors) == (True, {})
    now = stored()
    assert (now.title, now.amount, now.lost_reason) == ("Big roof", 120, "Three")
    assert (now.expected_close_date, now.company) == (date, company)


def test_what_both_changed_is_asked_and_nothing_is_written(owner, deal):
    shown = page(owner)
    change(owner, title="Big roof")

    form, saved = send(shown, owner, title="Small roof", amount="120")

    sentence = "Meanwhile somebody changed this to “Big roof”. Save again to replace it with yours."
    assert (saved, form.errors) == (False, {"title": [sentence]})
    assert (form["title"].value(), stored().title, stored().amount) == ("Small roof", "Big roof", 100)


def test_sent_again_what_was_typed_is_meant(owner, deal):
    shown = page(owner)
    change(owner, title="Big roof")
    form, _ = send(shown, owner, title="Small roof", amount="120")

    again, saved = send(form.data, owner)

    assert (saved, again.errors) == (True, {})
    assert (stored().title, stored().amount) == ("Small roof", 120)


def test_changed_once_more_it_is_asked_once_more(owner, deal):
    shown = page(owner)
    change(owner, title="Big roof")
    form, _ = send(shown, owner, title="Small roof")
    change(owner, title="Huge roof")

    again, saved = send(form.data, owner)

    assert (saved, "“Huge roof”" in again.errors["title"][0]) == (False, True)


def test_what_was_emptied_says_so(owner, deal):
    shown = page(owner)
    change(owner, company=None)

    form, _ = send(shown, owner, company=CompanyFactory(by=owner).pk)

    assert form.errors == {"company": ["Meanwhile somebody emptied this. Save again to replace it with yours."]}


def test_the_same_change_by_both_is_no_conflict(owner, deal):
    shown = page(owner)
    change(owner, amount="120", lost_reason="Four\nFive")

    _, saved = send(shown, owner, amount="120.0", lost_reason="Four\r\nFive")

    assert (saved, stored().version) == (True, 2)


def test_error_of_a_field_does_not_hide_that_another_was_changed(owner, deal):
    shown = page(owner)
    change(owner, amount="90")
    form, _ = send(shown, owner, amount="much")

    again, _ = send(form.data, owner, amount="120")

    assert "“90.00”" in again.errors["amount"][0]


def test_field_that_the_page_did_not_keep_is_not_merged(owner, deal):
    shown = page(owner)
    del shown["initial-title"]
    change(owner, amount="90")

    form, saved = send(shown, owner, title="Small roof")

    assert (saved, form.errors) == (
        False,
        {"__all__": ["This record was changed in the meantime. Load it again."]},
    )


def test_rules_judge_what_comes_of_the_merge(owner, deal):
    shown = page(owner)
    change(owner, status="won")

    form, saved = send(shown, owner, amount="0")

    assert (saved, form.errors) == (False, {"amount": ["A won deal needs an amount above zero."]})


def test_form_of_one_field_leaves_the_rest_alone(owner, deal):
    shown = sent(DealForm(instance=stored(), by=owner).only("amount"))
    change(owner, title="Big roof")
    shown["amount"] = "120"

    assert set(shown) == {"amount", "initial-amount", "seen_version"}
    assert DealForm(shown, instance=stored(), by=owner).only("amount").save_or_show()
    assert (stored().title, stored().amount) == ("Big roof", 120)


def test_new_record_remembers_nothing(owner):
    assert [field.field.show_hidden_initial for field in DealForm(by=owner)] == [False] * 6


def test_hidden_field_keeps_what_was_shown(owner, deal):
    field = DealForm(instance=stored(), by=owner)["amount"]

    assert isinstance(field.field, forms.DecimalField)
    assert '<input type="hidden" name="initial-amount" value="100.00" id="initial-id_amount">' in str(field)
