"""The page of one contact, of one company, and deleting them."""

import pytest
from django import urls

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.tests.factories import DealFactory


def test_contact_with_all_that_is_known(at, owner):
    company = CompanyFactory(by=owner, name="Alster")
    contact = ContactFactory(
        by=owner, name="Anna", email="a@karg.example", phone="1", job_title="Chief", company=company
    )

    page = at(owner).read(f"contacts/{contact.pk}/")

    assert (page.status, page.heading) == (200, "Anna")
    assert page.properties == {
        "Name": "Anna",
        "E-mail": "a@karg.example",
        "Phone": "1",
        "Job title": "Chief",
        "Company": "Alster",
        "Owner": "Olga Owner",
        "Created": f"{contact.created_at:%-d %b %Y}",
    }


def test_company_with_its_people(at, owner):
    company = CompanyFactory(by=owner, name="Alster", domain="alster.example", address="Deck 1\nHamburg")
    ContactFactory(by=owner, name="Anna", company=company)
    ContactFactory(by=owner, name="Bert")

    page = at(owner).read(f"companies/{company.pk}/")

    assert (page.heading, page.properties["Domain"], page.properties["Address"]) == (
        "Alster",
        "alster.example",
        "Deck 1Hamburg",
    )
    assert page.all(r'class="contact-card">.*?<a [^>]*>(.*?)</a>') == ["Anna"]


def test_markup_in_a_record_is_text(at, owner):
    company = CompanyFactory(by=owner, address="<b>Deck</b>\n1")

    assert "&lt;b&gt;Deck&lt;/b&gt;<br>1" in at(owner).read(f"companies/{company.pk}/").html


@pytest.mark.parametrize("number", ["0", "999999999", "9223372036854775808", "9" * 40, "x", "-1"])
@pytest.mark.parametrize("page", ["", "edit/", "delete/"])
def test_record_that_never_was_is_not_there(at, owner, number, page):
    assert at(owner).read(f"contacts/{number}/{page}").status == 404


@pytest.mark.parametrize(("role", "ways"), [("owner", ["edit/", "delete/"]), ("member", [])])
def test_only_who_may_change_a_record_is_shown_how(at, owner, request, role, ways):
    contact = ContactFactory(by=owner)

    page = at(request.getfixturevalue(role)).read(f"contacts/{contact.pk}/")

    assert page.all('href="((?:edit|delete)/)"') == ways


def test_deleting_asks_first(at, owner):
    contact = ContactFactory(by=owner, name="Anna")

    page = at(owner).read(f"contacts/{contact.pk}/delete/")

    assert (page.heading, Contact.objects.count()) == ("Delete Anna", 1)


def test_deleting_a_contact(at, owner):
    contact = ContactFactory(by=owner, name="Anna")
    reader = at(owner)

    page = reader.send(f"contacts/{contact.pk}/delete/", seen_version=1)

    assert (page.status, page.url) == (302, f"/o/{owner.organization.slug}/contacts/")
    assert (reader.read("contacts/").toasts, Contact.objects.count()) == (["Deleted Anna"], 0)


def test_deleting_a_company_keeps_its_people(at, owner):
    contact = ContactFactory(by=owner, company=CompanyFactory(by=owner))

    at(owner).send(f"companies/{contact.company_id}/delete/")

    contact.refresh_from_db()
    assert (contact.company, Company.objects.count()) == (None, 0)


def test_contact_with_deals_stays_and_says_why(at, owner):
    contact = DealFactory(by=owner).contact

    page = at(owner).send(f"contacts/{contact.pk}/delete/")

    assert (page.status, page.reasons) == (422, ["This contact has 1 deal. Delete or move it first."])
    assert Contact.objects.count() == 1


def test_member_deletes_only_ones_own(at, owner, member):
    contact = ContactFactory(by=owner)

    page = at(member).send(f"contacts/{contact.pk}/delete/")

    assert (page.status, page.reasons) == (422, ["You may delete only what you own."])


def test_record_that_changed_in_the_meantime_is_not_deleted(at, owner):
    contact = ContactFactory(by=owner)
    contact.phone = "1"
    contact.save_by(owner)

    page = at(owner).send(f"contacts/{contact.pk}/delete/", seen_version=1)

    assert page.reasons == ["This record was changed in the meantime. Load it again."]


@pytest.mark.parametrize(
    ("kind", "factory", "queries"), [("contacts", ContactFactory, 5), ("companies", CompanyFactory, 6)]
)
def test_page_asks_the_database_little(at, owner, django_assert_num_queries, kind, factory, queries):
    record = factory(by=owner)
    reader = at(owner)

    with django_assert_num_queries(queries):
        reader.read(f"{kind}/{record.pk}/")


@pytest.fixture
def every_address(monkeypatch):
    """Also those of pages that stand right of this app."""
    found = urls.reverse

    def reverse(name, *args, **options):
        return f"/at/{name}/" if name in HIGHER else found(name, *args, **options)

    monkeypatch.setattr(urls, "reverse", reverse)


HIGHER = ("deals:create", "deals:panel", "tasks:panel", "timeline:panel")


@pytest.mark.parametrize(
    ("kind", "factory", "of"),
    [("contacts", ContactFactory, "contact"), ("companies", CompanyFactory, "company")],
)
def test_page_fills_itself_with_what_others_show(at, owner, every_address, kind, factory, of):
    record = factory(by=owner)

    page = at(owner).read(f"{kind}/{record.pk}/")

    panels = [f"/at/{name}:panel/?{of}_id={record.pk}" for name in ("deals", "timeline", "tasks")]
    assert page.all('hx-get="([^"]*)" hx-trigger="load') == panels
    assert page.all('class="button" href="(/at/deals:create/.*?)"') == [f"/at/deals:create/?{of}={record.pk}"]


def test_ways_to_reach_a_contact(at, owner):
    contact = ContactFactory(by=owner, email="a@karg.example", phone="+49 170 1")

    page = at(owner).read(f"contacts/{contact.pk}/")

    assert page.all('class="button" href="((?:mailto|tel):.*?)"') == ["mailto:a@karg.example", "tel:+491701"]


def test_domain_leads_to_the_web(at, owner):
    company = CompanyFactory(by=owner, domain="javascript://alert(1)")

    links = at(owner).read(f"companies/{company.pk}/").all('href="([^"]*)" rel="external')

    assert links == ["https://alert(1)"]


def test_person_has_a_name_and_a_company_a_title_in_russian(at, owner):
    owner.user.locale = "ru"
    owner.user.save()
    contact = ContactFactory(by=owner, company=CompanyFactory(by=owner))
    reader = at(owner)

    pages = reader.read(f"contacts/{contact.pk}/"), reader.read(f"companies/{contact.company_id}/")

    assert [next(iter(page.properties)) for page in pages] == ["Имя", "Название"]
