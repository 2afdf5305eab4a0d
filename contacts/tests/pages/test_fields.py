"""Changing one field of a contact or a company where it is shown."""

import pytest

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory

CONTACT = {"name": "Anna Karg", "email": "a@karg.example", "phone": "0170", "job_title": "Chief", "company": "Alster"}
COMPANY = {"name": "Alster Bau", "domain": "alster.example", "phone": "040", "address": "Deck 1"}


@pytest.fixture
def alster(owner):
    return CompanyFactory(by=owner, name="Alster")


@pytest.mark.parametrize(("name", "written"), CONTACT.items())
def test_each_field_of_a_contact_is_changed_in_place(at, owner, alster, name, written):
    contact = ContactFactory(by=owner, name="Anna")
    home = f"/o/{owner.organization.slug}/contacts/{contact.pk}/"
    reader = at(owner)

    offered = f'href="{home}edit/{name}/"' in reader.read(f"contacts/{contact.pk}/").html
    page = reader.send(f"contacts/{contact.pk}/edit/{name}/", **{name: written})

    assert (offered, page.url, str(getattr(Contact.objects.get(), name))) == (True, home, written)


@pytest.mark.parametrize(("name", "written"), COMPANY.items())
def test_each_field_of_a_company_is_changed_in_place(at, owner, alster, name, written):
    home = f"/o/{owner.organization.slug}/companies/{alster.pk}/"
    reader = at(owner)

    offered = f'href="{home}edit/{name}/"' in reader.read(f"companies/{alster.pk}/").html
    page = reader.send(f"companies/{alster.pk}/edit/{name}/", **{name: written})

    assert (offered, page.url, getattr(Company.objects.get(), name)) == (True, home, written)


def test_what_is_wrong_is_said_at_the_field(at, owner, alster):
    page = at(owner).send(f"companies/{alster.pk}/edit/name/", name=" ")

    assert (page.errors, Company.objects.get().name) == ((422, {"name": "This field is required."}), "Alster")


def test_colleague_may_name_no_other_owner(at, member):
    contact = ContactFactory(by=member, name="Anna")
    reader = at(member)

    assert reader.read(f"contacts/{contact.pk}/edit/owner/").status == 404
    assert 'title="Only a manager may name another owner."' in reader.read(f"contacts/{contact.pk}/").html


def test_who_may_not_change_a_company_is_offered_nothing_and_refused(at, member, alster):
    reader = at(member)

    assert 'class="editable"' not in reader.read(f"companies/{alster.pk}/").html
    assert (reader.send(f"companies/{alster.pk}/edit/name/", name="Ours").status, Company.objects.get().name) == (
        422,
        "Alster",
    )
