"""Creating, changing and deleting deals by page."""

import datetime

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory


def test_contact_and_title_are_enough(at, member):
    company = CompanyFactory(by=member)
    contact = ContactFactory(by=member, company=company)

    page = at(member).send("deals/new/", title="Roof", contact=contact.pk)

    deal = Deal.objects.get()
    assert (page.status, page.url) == (302, f"/o/{member.organization.slug}/deals/{deal.pk}/")
    assert (deal.title, deal.contact, deal.company, deal.owner) == ("Roof", contact, company, member.user)
    assert (deal.amount, deal.currency, deal.stage.slug) == (0, "EUR", "qualification")


def test_every_field_of_a_deal(at, manager, member):
    contact, company = ContactFactory(by=manager), CompanyFactory(by=manager)
    stage = Stage.objects.get(slug="proposal")

    at(manager).send(
        "deals/new/",
        title="Roof",
        contact=contact.pk,
        company=company.pk,
        amount="12,400.50",
        currency="CHF",
        expected_close_date="2026-12-04",
        owner=member.user_id,
        stage=stage.pk,
    )

    deal = Deal.objects.get()
    assert (deal.contact, deal.company, deal.owner, deal.stage) == (contact, company, member.user, stage)
    assert (str(deal.amount), deal.currency) == ("12400.50", "CHF")
    assert deal.expected_close_date == datetime.date(2026, 12, 4)


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"title": ""}, {"title": "This field is required."}),
        ({"contact": ""}, {"contact": "This field is required."}),
        ({"contact": "999999999"}, {"contact": "There is none called “999999999”."}),
        ({"amount": "much"}, {"amount": "Write the amount in digits, like 12,400.00."}),
        ({"amount": "-1"}, {"amount": "Ensure this value is greater than or equal to 0."}),
        ({"currency": "XXX"}, {"currency": "Select a valid choice. XXX is not one of the available choices."}),
        ({"expected_close_date": "soon"}, {"expected_close_date": "Enter a valid date."}),
        ({"stage": "0"}, {"stage": "There is no such record in this organization."}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(at, owner, values, errors):
    contact = ContactFactory(by=owner)

    page = at(owner).send("deals/new/", **{"title": "Roof", "contact": contact.pk, **values})

    assert (page.errors, Deal.objects.count()) == ((422, errors), 0)


def test_neighbors_of_another_organization_are_no_choice(at, owner, stranger):
    theirs = DealFactory(by=stranger)

    page = at(owner).send("deals/new/", title="Roof", contact=theirs.contact_id, stage=theirs.stage_id)

    assert page.errors == (
        422,
        {
            "contact": f"There is none called “{theirs.contact_id}”.",
            "stage": "There is no such record in this organization.",
        },
    )


def test_address_fills_in_the_form(at, owner):
    contact, stage = ContactFactory(by=owner, name="Anna"), Stage.objects.get(slug="negotiation")

    page = at(owner).read("deals/new/", contact=contact.pk, stage=stage.pk, title="Roof")

    assert page.all("<option[^>]* selected>(.*?)</option>")[-3:] == ["EUR", "Olga Owner", "Sales: Negotiation"]
    assert 'value="Roof"' in page.html


@pytest.mark.parametrize("page", ["new/", "edit/"])
@pytest.mark.parametrize(("role", "asked"), [("owner", True), ("manager", True), ("member", False)])
def test_only_who_may_assign_is_asked_for_the_owner(at, request, role, page, asked):
    by = request.getfixturevalue(role)
    address = "deals/new/" if page == "new/" else f"deals/{DealFactory(by=by).pk}/edit/"

    assert ("owner" in at(by).read(address).fields) == asked


def test_changing_a_deal(at, member):
    deal = DealFactory(by=member, title="Roof")
    reader = at(member)
    sent = {"title": "Big roof", "contact": deal.contact_id, "amount": "5", "currency": "EUR"}

    page = reader.send(f"deals/{deal.pk}/edit/", **sent)

    deal.refresh_from_db()
    assert (page.status, page.url) == (302, f"/o/{member.organization.slug}/deals/{deal.pk}/")
    assert (deal.title, deal.amount, deal.version) == ("Big roof", 5, 2)
    assert reader.read(f"deals/{deal.pk}/").toasts == ["Saved Big roof"]


def test_form_shows_the_deal_as_it_is(at, owner):
    deal = DealFactory(by=owner, title="Roof", amount="12400.50", expected_close_date=datetime.date(2026, 12, 4))

    html = at(owner).read(f"deals/{deal.pk}/edit/").html

    assert [text in html for text in ('value="Roof"', 'value="12400.50"', 'value="2026-12-04"')] == [True] * 3


def test_member_changes_only_ones_own(at, owner, member):
    deal = DealFactory(by=owner)

    page = at(member).send(f"deals/{deal.pk}/edit/", title="Mine", contact=deal.contact_id, currency="EUR")

    assert page.errors == (422, {None: "You may change only what you own."})


def test_won_deal_keeps_an_amount(at, owner):
    deal = DealFactory(by=owner, status="won", amount="5")
    sent = {"title": "Roof", "contact": deal.contact_id, "amount": "", "currency": "EUR", "owner": owner.user_id}

    page = at(owner).send(f"deals/{deal.pk}/edit/", **sent)

    assert page.errors == (422, {"amount": "A won deal needs an amount above zero."})


def test_deleting_a_deal_asks_first(at, owner):
    deal = DealFactory(by=owner, title="Roof")
    reader = at(owner)

    asked = reader.read(f"deals/{deal.pk}/delete/")
    done = reader.send(f"deals/{deal.pk}/delete/", seen_version=1)

    assert (asked.heading, done.status, Deal.objects.count()) == ("Delete Roof", 302, 0)
    assert reader.read("deals/").toasts == ["Deleted Roof"]


def test_member_deletes_only_ones_own(at, owner, member):
    deal = DealFactory(by=owner)

    page = at(member).send(f"deals/{deal.pk}/delete/")

    assert (page.status, page.reasons, Deal.objects.count()) == (422, ["You may delete only what you own."], 1)


@pytest.mark.parametrize("path", ["new/", "{pk}/edit/", "{pk}/delete/"])
def test_pages_of_a_deal_of_another_organization_are_not_there(at, owner, stranger, path):
    deal = DealFactory(by=owner)

    reader = at(stranger)
    reader.place = f"/o/{owner.organization.slug}/"
    assert reader.read("deals/" + path.format(pk=deal.pk)).status == 404
