"""A row that breaks a rule is named with its line and the hall's own words; it takes no other with it unasked."""

import pytest

from activities.models import Activity
from contacts.models import Company
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.pipelines import Stage
from imports import importer
from organizations.tests.factories import MembershipFactory

COMPANIES = """
    fields = {external_id = "id", name = "name", owner.name = "owner"}
    defaults.owner.name = "Olga Owner"
    """
DEALS = """
    fields = {title = "title", status = "status", amount = "worth", created_at = "begun", contact.name = "with"}
    defaults = {contact.name = "Ann", owner.name = "Olga Owner"}
    """
NEIGHBORS = 'defaults = {contact.name = "Ann", owner.name = "Olga Owner"}'
NOTHING = "Nothing was written. Refused rows: {}. Correct them, or ask for the good ones with --keep-good."


@pytest.fixture
def deals(import_csv, owner):
    """Imports a file of deals with Ann, sold by the owner."""
    ContactFactory(by=owner, name="Ann")

    def run(rows, *options):
        return import_csv("deals", "title,status,worth,begun,with\n" + rows, DEALS, *options)

    return run


def test_one_bad_row_keeps_all_out(deals):
    answer = deals("Roof,new,10,,\nShed,won,0,,\nBarn,lost,5,,\n")

    assert answer.refusals == ["rows.csv:3: amount: A won deal needs an amount above zero."]
    assert (answer.error, answer.said) == (NOTHING.format(1), "")
    assert (Deal.objects.count(), Activity.objects.count()) == (0, 0)


def test_good_rows_are_kept_on_demand(deals):
    answer = deals("Roof,new,10,,\nShed,won,0,,\nBarn,lost,5,,\n", "--keep-good")

    assert answer.refusals == ["rows.csv:3: amount: A won deal needs an amount above zero."]
    assert (answer.error, answer.said) == ("", "2 created, 0 changed, 0 unchanged, 1 refused.")
    assert list(Deal.objects.order_by("id").values_list("title", flat=True)) == ["Roof", "Barn"]
    assert Activity.objects.count() == 2


def test_refusal_in_a_later_batch_takes_back_the_earlier_ones(deals, monkeypatch):
    monkeypatch.setattr(importer, "BATCH", 2)

    answer = deals("Roof,new,1,,\nShed,new,1,,\nBarn,new,1,,\nHall,old,1,,\n")

    assert answer.refusals == ["rows.csv:5: status: Value 'old' is not a valid choice."]
    assert Deal.objects.count() == 0


def test_good_batches_stay_before_and_after_a_refusal(deals, monkeypatch):
    monkeypatch.setattr(importer, "BATCH", 1)

    answer = deals("Roof,new,1,,\nShed,old,1,,\nBarn,new,1,,\n", "--keep-good")

    assert answer.said == "2 created, 0 changed, 0 unchanged, 1 refused."
    assert list(Deal.objects.order_by("id").values_list("title", flat=True)) == ["Roof", "Barn"]


def test_every_fault_of_a_row_is_named(deals):
    answer = deals("Roof,new,much,soon,Bob\n")

    assert answer.refusals == [
        "rows.csv:2: amount: “much” value must be a decimal number.",
        "rows.csv:2: created_at: “soon” value has an invalid format. It must be in YYYY-MM-DD "
        "HH:MM[:ss[.uuuuuu]][TZ] format.",
        'rows.csv:2: contact.name: There is no such record in this organization: "Bob".',
    ]


@pytest.mark.parametrize("worth", ["-1", "NaN", "Infinity", "0.001"])
def test_amount_keeps_its_rules(deals, worth):
    answer = deals(f"Roof,new,{worth},,\n")

    assert [line.partition(": ")[2].partition(":")[0] for line in answer.refusals] == ["amount"]
    assert Deal.objects.count() == 0


def test_date_before_all_dates_is_refused(deals):
    answer = deals("Roof,new,1,0001-01-01T00:00:00+14:00,\n")

    assert answer.refusals == [
        "rows.csv:2: created_at: “0001-01-01T00:00:00+14:00” value has an invalid format. It must be in YYYY-MM-DD "
        "HH:MM[:ss[.uuuuuu]][TZ] format."
    ]


def test_row_of_another_width_and_strange_characters_are_refused(deals):
    answer = deals("Roof,new\nSh\x07ed,new,1,,\n")

    assert answer.refusals == [
        "rows.csv:2: This row has 2 cells, the header has 5.",
        "rows.csv:3: title: Remove the control characters from this text.",
    ]


def test_external_id_stands_once_in_a_file(import_csv, owner, monkeypatch):
    monkeypatch.setattr(importer, "BATCH", 1)

    answer = import_csv("companies", "id,name,owner\n7,Acme,\n7,Bolt,\n", COMPANIES)

    assert answer.refusals == ["rows.csv:3: external_id: Line 2 has this external id."]
    assert Company.objects.count() == 0


def test_row_without_its_external_id_is_refused(import_csv, owner):
    answer = import_csv("companies", "id,name,owner\n,Acme,\n", COMPANIES)

    assert answer.refusals == ["rows.csv:2: external_id: Without an external id this row would not be known again."]


def test_record_without_owner_is_refused(import_csv, owner):
    answer = import_csv("companies", "name\nAcme\n", 'fields.name = "name"')

    assert answer.refusals == ["rows.csv:2: owner: This field cannot be null."]


def test_member_of_another_organization_is_not_found(import_csv, owner, stranger):
    answer = import_csv("companies", f"id,name,owner\n7,Acme,{stranger.user.name}\n", COMPANIES)

    assert answer.refusals == ['rows.csv:2: owner.name: There is no such record in this organization: "Stan Stranger".']


@pytest.mark.parametrize("way", ["company.name", "company.external_id"])
def test_company_of_another_organization_is_not_found(import_csv, owner, stranger, way):
    CompanyFactory(by=stranger, name="Theirs", external_id="Theirs")
    mapping = f'fields = {{name = "name", {way} = "firm"}}\ndefaults.owner.name = "Olga Owner"'

    answer = import_csv("contacts", "name,firm\nAnn,Theirs\n", mapping)

    assert answer.refusals == [f'rows.csv:2: {way}: There is no such record in this organization: "Theirs".']


@pytest.mark.parametrize("way", ["contact.name", "contact.external_id", "contact.email"])
def test_contact_of_another_organization_is_not_found(import_csv, owner, stranger, way):
    text = "ann@theirs.example"
    ContactFactory(by=stranger, name=text, external_id=text, email=text)
    mapping = f'fields = {{title = "title", {way} = "with"}}\ndefaults.owner.name = "Olga Owner"'

    answer = import_csv("deals", f"title,with\nRoof,{text}\n", mapping)

    assert answer.refusals == [f'rows.csv:2: {way}: There is no such record in this organization: "{text}".']


def test_stage_of_another_organization_is_not_found(import_csv, owner, stranger):
    ContactFactory(by=owner, name="Ann")
    Stage.objects.for_membership(stranger).filter(slug="proposal").update(slug="demo")
    mapping = 'fields = {title = "title", stage = "stage"}\n' + NEIGHBORS

    answer = import_csv("deals", "title,stage\nRoof,demo\n", mapping)

    assert answer.refusals == ['rows.csv:2: stage: There is no such record in this organization: "demo".']


def test_name_that_two_members_have_says_nothing(import_csv, organization, owner):
    MembershipFactory(organization=organization, user__name="Olga Owner")

    answer = import_csv("companies", "id,name,owner\n7,Acme,\n", COMPANIES)

    assert answer.refusals == ['rows.csv:2: owner.name: 2 records of this organization are called "Olga Owner".']
