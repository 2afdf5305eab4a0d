"""Rows become records, known again by their external id."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from activities.models import Activity
from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal, StageChange
from organizations.tests.factories import MembershipFactory

DEALS = """
    [fields]
    external_id = "id"
    title = "title"
    contact.name = "with"
    owner.email = "seller"
    amount = "worth"
    stage = "stage"
    created_at = "begun"
    expected_close_date = "hoped"
    """
COMPANIES = """
    fields.external_id = "id"
    fields.name = "name"
    fields.address = "address"
    defaults.owner.name = "Olga Owner"
    """


@pytest.fixture
def deals(import_csv, owner):
    """Imports a file of deals with Ann, sold by the owner."""
    ContactFactory(by=owner, name="Ann", company=CompanyFactory(by=owner, name="Acme"))

    def run(rows, *options):
        header = "id,title,with,seller,worth,stage,begun,hoped\n"
        return import_csv("deals", header + rows.replace("OWNER", owner.user.email), DEALS, *options)

    return run


def test_company_is_created(import_csv, owner):
    answer = import_csv("companies", "id,name,address\n7,Acme,Berlin\n", COMPANIES)

    assert answer.said == "1 created, 0 changed, 0 unchanged, 0 refused."
    company = Company.objects.get()
    assert (company.external_id, company.name, company.address) == ("7", "Acme", "Berlin")
    assert (company.owner, company.organization) == (owner.user, owner.organization)


def test_contact_is_created_with_its_company(import_csv, owner):
    CompanyFactory(by=owner, name="Acme")
    mapping = 'fields = {name = "name", email = "mail", company.name = "firm", owner.email = "seller"}'

    import_csv("contacts", f"name,mail,firm,seller\nAnn,ann@acme.example,Acme,{owner.user.email.upper()}\n", mapping)

    contact = Contact.objects.get()
    assert (contact.name, contact.email, contact.company.name) == ("Ann", "ann@acme.example", "Acme")
    assert contact.owner == owner.user


def test_deal_is_created_as_it_was(deals, organization, owner):
    organization.time_zone = "Asia/Tokyo"
    organization.save_by(None)

    deals("d1,Roof,Ann,OWNER,1054.5,proposal,2016-10-20,2017-03-01\n")

    deal = Deal.objects.get()
    assert (deal.title, deal.amount, deal.currency, deal.status) == ("Roof", Decimal("1054.50"), "EUR", "new")
    assert (deal.contact.name, deal.company.name, deal.owner, deal.stage.slug) == (
        "Ann",
        "Acme",
        owner.user,
        "proposal",
    )
    assert deal.created_at == deal.stage_entered_at == datetime(2016, 10, 20, 3, tzinfo=UTC)
    assert deal.expected_close_date == date(2017, 3, 1)


def test_import_writes_the_timeline_and_the_stage_change(deals):
    deals("d1,Roof,Ann,OWNER,10,proposal,2016-10-20,\n")

    entry, move = Activity.objects.get(), StageChange.objects.get()
    assert (entry.type, entry.author, entry.payload) == ("deal_created", None, {"title": "Roof"})
    assert (move.from_stage, move.to_stage.slug, move.by) == (None, "proposal", None)
    assert entry.created_at == move.at == datetime(2016, 10, 20, 12, tzinfo=UTC)


def test_closed_deal_keeps_the_day_of_its_close(import_csv, owner):
    ContactFactory(by=owner, name="Ann")
    mapping = """
        fields = {title = "title", closed_at = "closed", stage_entered_at = "closed"}
        defaults = {contact.name = "Ann", owner.name = "Olga Owner", status = "lost"}
        """

    import_csv("deals", "title,closed\nRoof,2017-03-01\nShed,2017-03-01T23:30:00+01:00\n", mapping)

    assert [(deal.title, deal.closed_at, deal.stage_entered_at) for deal in Deal.objects.order_by("id")] == [
        ("Roof", datetime(2017, 3, 1, 12, tzinfo=UTC), datetime(2017, 3, 1, 12, tzinfo=UTC)),
        ("Shed", datetime(2017, 3, 1, 22, 30, tzinfo=UTC), datetime(2017, 3, 1, 22, 30, tzinfo=UTC)),
    ]


def test_same_file_twice_changes_nothing(deals):
    file = "d1,Roof,Ann,OWNER,10,proposal,2016-10-20,2017-03-01\nd2,Shed,Ann,OWNER,,,,\n"
    deals(file)
    before = list(Deal.objects.order_by("id").values())

    answer = deals(file)

    assert answer.said == "0 created, 0 changed, 2 unchanged, 0 refused."
    assert list(Deal.objects.order_by("id").values()) == before
    assert Activity.objects.count() == StageChange.objects.count() == 2


def test_changed_row_updates_its_record_and_no_other(deals):
    deals("d1,Roof,Ann,OWNER,10,,,\nd2,Shed,Ann,OWNER,20,,,\n")

    answer = deals("d1,Roof,Ann,OWNER,10,,,\nd2,Shed,Ann,OWNER,25,negotiation,,\n")

    assert answer.said == "0 created, 1 changed, 1 unchanged, 0 refused."
    assert list(Deal.objects.order_by("id").values_list("amount", "stage__slug", "version")) == [
        (10, "qualification", 1),
        (25, "negotiation", 2),
    ]
    changes = Activity.objects.exclude(type="deal_created").order_by("id")
    assert [(entry.type, entry.deal.title) for entry in changes] == [
        ("stage_changed", "Shed"),
        ("amount_changed", "Shed"),
    ]


def test_empty_cell_empties_what_may_be_empty_and_leaves_the_rest(deals, owner):
    deals("d1,Roof,Ann,OWNER,10,proposal,2016-10-20,2017-03-01\n")

    answer = deals("d1,,,,,,,\n")

    assert answer.said == "0 created, 1 changed, 0 unchanged, 0 refused."
    deal = Deal.objects.get()
    assert (deal.title, deal.amount, deal.stage.slug, deal.contact.name) == ("Roof", 10, "proposal", "Ann")
    assert (deal.created_at, deal.expected_close_date) == (datetime(2016, 10, 20, 12, tzinfo=UTC), None)


def test_deal_without_a_date_begins_now(deals):
    earliest = timezone.now()

    deals("d1,Roof,Ann,OWNER,10,,,\n")

    assert earliest <= Deal.objects.get().created_at <= timezone.now()


def test_rows_without_external_id_are_always_new(import_csv, owner):
    mapping = 'fields.name = "name"\ndefaults.owner.name = "Olga Owner"'

    import_csv("companies", "name\nAcme\n", mapping)
    answer = import_csv("companies", "name\nAcme\n", mapping)

    assert answer.said == "1 created, 0 changed, 0 unchanged, 0 refused."
    assert Company.objects.count() == 2


def test_external_id_of_another_organization_is_not_this_one(import_csv, owner, stranger):
    theirs = CompanyFactory(by=stranger, external_id="7", name="Theirs")

    answer = import_csv("companies", "id,name,address\n7,Acme,\n", COMPANIES)

    assert answer.said == "1 created, 0 changed, 0 unchanged, 0 refused."
    theirs.refresh_from_db()
    assert (theirs.name, theirs.version) == ("Theirs", 1)


def test_owner_is_a_member_of_this_organization_by_name(import_csv, organization, owner):
    second = MembershipFactory(organization=organization, user__name="Sam Seller")

    import_csv("companies", "name,who\nAcme,Sam Seller\n", 'fields = {name = "name", owner.name = "who"}')

    assert Company.objects.get().owner == second.user


def test_neighbor_is_found_however_its_name_is_encoded(import_csv, owner):
    company = CompanyFactory(by=owner, name="Café")
    mapping = 'fields = {name = "name", company.name = "firm"}\ndefaults.owner.name = "Olga Owner"'

    import_csv("contacts", "name,firm\nAnn,Cafe\u0301\n", mapping)

    assert Contact.objects.get().company == company
