"""Changing one field of a deal where it is shown."""

import re

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory


@pytest.fixture
def deal(owner):
    return DealFactory(by=owner, title="Roof", amount="100")


def shown(reader, deal, name="amount"):
    """What a browser sends of the field's form that nobody touched."""
    html = reader.read(f"deals/{deal.pk}/edit/{name}/").html.split("data-field")[1].split("</form>")[0]
    inputs = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall("<input[^>]*>", html)]
    return {one["name"]: one.get("value", "") for one in inputs if one["name"] != "csrfmiddlewaretoken"}


def test_form_of_a_field_asks_for_it_alone(at, owner, deal):
    page = at(owner).read(f"deals/{deal.pk}/edit/amount/")

    assert (page.status, page.heading, page.fields) == (200, "Amount: Roof", ["amount"])


@pytest.mark.parametrize(
    ("name", "written", "stored"),
    [
        ("title", "Big roof", "Big roof"),
        ("contact", "bert", "Bert"),
        ("company", "Alster", "Alster"),
        ("currency", "USD", "USD"),
        ("expected_close_date", "2031-02-03", "2031-02-03"),
        ("lost_reason", "Too dear", "Too dear"),
    ],
)
def test_each_field_is_changed_where_it_is_shown(at, owner, name, written, stored):
    ContactFactory(by=owner, name="Bert")
    CompanyFactory(by=owner, name="Alster")
    deal = DealFactory(by=owner, title="Roof", status="lost")
    reader = at(owner)
    home = f"/o/{owner.organization.slug}/deals/{deal.pk}/"

    offered = f'href="{home}edit/{name}/"' in reader.read(f"deals/{deal.pk}/").html
    page = reader.send(f"deals/{deal.pk}/edit/{name}/", **{**shown(reader, deal, name), name: written})

    assert (offered, page.url, str(getattr(Deal.objects.get(), name))) == (True, home, stored)


def test_deal_that_is_not_lost_has_no_reason(at, owner, deal):
    reader = at(owner)

    assert reader.read(f"deals/{deal.pk}/edit/lost_reason/").status == 404
    assert (
        "Reason" in reader.read(f"deals/{deal.pk}/").properties,
        'name="lost_reason"' in reader.read(f"deals/{deal.pk}/edit/").html,
    ) == (False, False)


def test_saving_leads_back_to_the_deal(at, owner, deal):
    reader = at(owner)

    page = reader.send(f"deals/{deal.pk}/edit/amount/", **{**shown(reader, deal), "amount": "1,200"})

    assert (page.status, page.url) == (302, f"/o/{owner.organization.slug}/deals/{deal.pk}/")
    assert (Deal.objects.get().amount, Deal.objects.get().title) == (1200, "Roof")


def test_change_of_another_field_in_the_meantime_is_kept(at, owner, deal):
    reader = at(owner)
    values = shown(reader, deal)
    deal.title = "Big roof"
    deal.save_by(owner)

    reader.send(f"deals/{deal.pk}/edit/amount/", **{**values, "amount": "120"})

    assert (Deal.objects.get().amount, Deal.objects.get().title) == (120, "Big roof")


def test_change_of_the_same_field_in_the_meantime_is_asked_about(at, owner, deal):
    reader = at(owner)
    values = shown(reader, deal)
    deal.amount = 90
    deal.save_by(owner)

    page = reader.send(f"deals/{deal.pk}/edit/amount/", **{**values, "amount": "120"})

    sentence = "Meanwhile somebody changed this to “90.00”. Save again to replace it with yours."
    assert (page.errors, 'value="120"' in page.html) == ((422, {"amount": sentence}), True)


def test_what_is_wrong_is_said_at_the_field_and_the_text_is_kept(at, owner, deal):
    page = at(owner).send(f"deals/{deal.pk}/edit/amount/", amount="much")

    assert page.errors == (422, {"amount": "Write the amount in digits, like 12,400.00."})
    assert 'value="much"' in page.html


def test_who_may_not_change_the_deal_is_offered_nothing_and_refused(at, member, deal):
    reader = at(member)

    assert 'class="editable"' not in reader.read(f"deals/{deal.pk}/").html
    assert reader.send(f"deals/{deal.pk}/edit/amount/", amount="5").status == 422
    assert Deal.objects.get().amount == 100


def test_owner_is_no_field_for_who_may_not_assign(at, member):
    deal = DealFactory(by=member)
    reader = at(member)

    assert reader.read(f"deals/{deal.pk}/edit/owner/").status == 404
    assert 'title="Only a manager may name another owner."' in reader.read(f"deals/{deal.pk}/").html


@pytest.mark.parametrize("name", ["status", "version", "seen_version", "nothing"])
def test_what_is_no_field_is_not_there(at, owner, deal, name):
    assert at(owner).read(f"deals/{deal.pk}/edit/{name}/").status == 404
