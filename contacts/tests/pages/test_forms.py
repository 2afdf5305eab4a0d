"""Creating and changing contacts and companies by page."""

import pytest

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory


def test_a_name_is_enough_for_a_contact(at, member):
    page = at(member).send("contacts/new/", name="Anna Karg")

    contact = Contact.objects.get()
    assert (page.status, page.url) == (302, f"/o/{member.organization.slug}/contacts/{contact.pk}/")
    assert (contact.name, contact.owner, contact.organization) == ("Anna Karg", member.user, member.organization)


def test_a_name_is_enough_for_a_company(at, member):
    page = at(member).send("companies/new/", name="Alster")

    company = Company.objects.get()
    assert (page.status, page.url) == (302, f"/o/{member.organization.slug}/companies/{company.pk}/")
    assert (company.name, company.owner) == ("Alster", member.user)


def test_every_field_of_a_contact(at, manager, member):
    company = CompanyFactory(by=manager)
    values = {"name": "Anna", "email": "a@karg.example", "phone": "1", "job_title": "Chief"}

    at(manager).send("contacts/new/", **values, company=company.pk, owner=member.user_id)

    contact = Contact.objects.get()
    assert {name: getattr(contact, name) for name in values} == values
    assert (contact.company, contact.owner) == (company, member.user)


def test_creating_is_told_on_the_next_page_once(at, owner):
    reader = at(owner)
    reader.send("contacts/new/", name="Anna <b>")

    assert (reader.read("contacts/").toasts, reader.read("contacts/").toasts) == (["Created Anna &lt;b&gt;"], [])


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({}, {"name": "This field is required."}),
        ({"name": "Anna", "email": "anna"}, {"email": "Enter a valid email address."}),
        ({"name": "A\x07"}, {"name": "Remove the control characters from this text."}),
        ({"name": "A", "company": "9" * 30}, {"company": f"There is none called “{'9' * 30}”."}),
    ],
)
def test_refusal_is_shown_at_its_field_and_changes_nothing(at, owner, values, errors):
    assert at(owner).send("contacts/new/", **values).errors == (422, errors)
    assert Contact.objects.count() == 0


def test_refused_form_keeps_what_was_written(at, owner):
    assert 'value="Chief"' in at(owner).send("contacts/new/", job_title="Chief").html


def test_company_of_another_organization_is_no_choice(at, owner, stranger):
    company = CompanyFactory(by=stranger, name="Theirs")

    assert "Theirs" not in at(owner).read("contacts/new/").html
    assert at(owner).send("contacts/new/", name="Anna", company=company.pk).errors == (
        422,
        {"company": f"There is none called “{company.pk}”."},
    )


def test_address_fills_in_the_form(at, owner):
    company = CompanyFactory(by=owner, name="Alster")

    page = at(owner).read("contacts/new/", company=company.pk)

    assert f'name="company" value="Alster #{company.pk}"' in page.html
    assert page.all("<option[^>]* selected>(.*?)</option>") == ["Olga Owner"]


@pytest.mark.parametrize(("role", "asked"), [("owner", True), ("admin", True), ("manager", True), ("member", False)])
def test_only_who_may_assign_is_asked_for_the_owner(at, request, role, asked):
    page = at(request.getfixturevalue(role)).read("contacts/new/")

    assert ("owner" in page.fields) == asked


def test_member_cannot_name_another_owner_anyway(at, member, manager):
    at(member).send("contacts/new/", name="Anna", owner=manager.user_id)

    assert Contact.objects.get().owner == member.user


def test_changing_a_contact(at, owner):
    contact = ContactFactory(by=owner, name="Anna", phone="1")
    reader = at(owner)

    page = reader.send(f"contacts/{contact.pk}/edit/", name="Anna Karg", phone="1", owner=owner.user_id)

    contact.refresh_from_db()
    assert (page.status, page.url) == (302, f"/o/{owner.organization.slug}/contacts/{contact.pk}/")
    assert (contact.name, contact.phone, contact.version) == ("Anna Karg", "1", 2)
    assert reader.read("contacts/").toasts == ["Saved Anna Karg"]


def test_form_shows_the_record_as_it_is(at, owner):
    company = CompanyFactory(by=owner, name="Alster", domain="alster.example", address="Deck 1\nHamburg")

    html = at(owner).read(f"companies/{company.pk}/edit/").html

    assert 'value="Alster"' in html
    assert 'value="alster.example"' in html
    assert "Deck 1\nHamburg</textarea>" in html


@pytest.mark.parametrize(
    ("role", "errors"),
    [("manager", (302, {})), ("member", (422, {None: "You may change only what you own."}))],
)
def test_who_may_change_what_others_own(at, owner, request, role, errors):
    contact = ContactFactory(by=owner, name="Anna")
    by = request.getfixturevalue(role)

    page = at(by).send(f"contacts/{contact.pk}/edit/", name="Bert", owner=owner.user_id)

    assert page.errors == errors


def test_change_of_a_record_that_changed_in_the_meantime_is_refused(at, owner):
    contact = ContactFactory(by=owner, name="Anna")
    contact.phone = "1"
    contact.save_by(owner)
    sent = {"name": "Bert", "owner": owner.user_id, "seen_version": 1}

    page = at(owner).send(f"contacts/{contact.pk}/edit/", **sent)

    assert page.errors == (422, {None: "This record was changed in the meantime. Load it again."})


@pytest.mark.parametrize("path", ["contacts/new/", "companies/new/"])
def test_form_asks_the_database_little(at, owner, django_assert_num_queries, path):
    reader = at(owner)

    with django_assert_num_queries(5):
        reader.read(path)
