"""What finds contacts and companies."""

import pytest

from contacts.tests.factories import CompanyFactory, ContactFactory

CONTACTS = "/api/v1/contacts"
COMPANIES = "/api/v1/companies"


def names(client, url=CONTACTS, **filters):
    response = client.get(url, {"order_by": "name", "order": "asc", **filters})
    assert response.status_code == 200, response.content
    return [row["name"] for row in response.json()["results"]]


@pytest.fixture
def client(call, manager):
    return call(manager)


@pytest.fixture
def contacts(manager):
    karg = CompanyFactory(by=manager, name="Карг & Söhne")
    ContactFactory(by=manager, name="Anna Straße", email="anna@karg.example", phone="+49 30 100%")
    ContactFactory(by=manager, name="Борис Ёлкин", phone="007_7", company=karg)
    ContactFactory(by=manager, name="FIona I. O'Neil", email="FIONA@Post.example", external_id="f-1")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("anna", ["Anna Straße"]),
        ("NN", ["Anna Straße"]),
        ("STRASSE", ["Anna Straße"]),
        ("KARG.EXAMPLE", ["Anna Straße"]),
        ("post", ["FIona I. O'Neil"]),
        ("30 1", ["Anna Straße"]),
        ("борис", ["Борис Ёлкин"]),
        ("ЁЛК", ["Борис Ёлкин"]),
        ("карг", ["Борис Ёлкин"]),
        ("söhne", ["Борис Ёлкин"]),
        ("SO\u0308HNE", ["Борис Ёлкин"]),
        ("sohne", ["Борис Ёлкин"]),
        ("елкин", ["Борис Ёлкин"]),
        ("fiona", ["FIona I. O'Neil"]),
        ("o'n", ["FIona I. O'Neil"]),
        ("  anna ", ["Anna Straße"]),
        ("(030) 100", ["Anna Straße"]),
        ("0049-301", ["Anna Straße"]),
        ("301 00", ["Anna Straße"]),
        ("%", ["Anna Straße"]),
        ("_", ["Борис Ёлкин"]),
        ("0%", ["Anna Straße"]),
        ("a%a", []),
        ("a_n", []),
        ("\\", []),
        ("nobody", []),
        ("", ["Anna Straße", "Борис Ёлкин", "FIona I. O'Neil"]),
    ],
)
def test_search_is_for_a_part_in_any_case(client, contacts, words, found):
    assert sorted(names(client, search=words)) == sorted(found)


def test_search_finds_what_was_changed(client, contacts, manager):
    contact = ContactFactory(by=manager, name="Wrong")

    client.patch(f"{CONTACTS}/{contact.pk}", {"name": "Правильно"})

    assert (names(client, search="ПРАВ"), names(client, search="wrong")) == (["Правильно"], [])


def test_search_for_a_phone_finds_it_in_any_format(client, manager):
    for name, phone in {"Abroad": "+49 170 12345", "At home": "017012345", "Other": "0171 2345"}.items():
        ContactFactory(by=manager, name=name, phone=phone)
        CompanyFactory(by=manager, name=name, phone=phone)

    found = [names(client, url, search="+49 170 12") for url in (CONTACTS, COMPANIES)]

    assert found == [["Abroad", "At home"], ["Abroad", "At home"]]


def test_search_of_companies(client, manager):
    CompanyFactory(by=manager, name="Карг", domain="karg.example", phone="030")
    CompanyFactory(by=manager, name="Other")

    found = [names(client, COMPANIES, search=words) for words in ("КАРГ", "KARG", "30", "x")]

    assert found == [["Карг"], ["Карг"], ["Карг"], ["Карг"]]


def test_search_is_within_the_organization(client, contacts, stranger):
    ContactFactory(by=stranger, name="Anna Foreign")

    assert names(client, search="anna") == ["Anna Straße"]


@pytest.mark.parametrize("words", ["x" * 201, "a\x00"])
def test_search_has_limits(client, words):
    response = client.get(CONTACTS, {"search": words})

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == ["/search"]


def test_filters_narrow_together(client, manager, member):
    karg = CompanyFactory(by=manager)
    ContactFactory(by=manager, name="A", company=karg)
    ContactFactory(by=member, name="B", company=karg)
    ContactFactory(by=member, name="C")

    assert names(client, company_id=karg.pk) == ["A", "B"]
    assert names(client, owner_id=member.user_id) == ["B", "C"]
    assert names(client, owner_id=member.user_id, company_id=karg.pk) == ["B"]


@pytest.mark.parametrize(("url", "factory"), [(CONTACTS, ContactFactory), (COMPANIES, CompanyFactory)])
def test_external_id_is_found_whole(client, manager, url, factory):
    factory(by=manager, name="A", external_id="a-1")
    factory(by=manager, name="B", external_id="a-11")

    assert names(client, url, external_id="a-1") == ["A"]
    assert names(client, url, external_id="a") == []


@pytest.mark.parametrize(("url", "factory"), [(CONTACTS, ContactFactory), (COMPANIES, CompanyFactory)])
def test_a_list_is_ordered_as_asked(client, manager, url, factory):
    for name in ("B", "A", "C"):
        factory(by=manager, name=name)
    first = factory._meta.model.objects.get(name="A")
    client.patch(f"{url}/{first.pk}", {"phone": "1"})

    def ordered(**order):
        return "".join(row["name"] for row in client.get(url, order).json()["results"])

    assert ordered() == ordered(order_by="name") == ordered(order_by="name", order="asc") == "ABC"
    assert ordered(order_by="name", order="desc") == "CBA"
    assert (ordered(order_by="created_at"), ordered(order_by="created_at", order="desc")) == ("BAC", "CAB")
    assert (ordered(order_by="updated_at"), ordered(order_by="updated_at", order="desc")) == ("BCA", "ACB")


@pytest.mark.parametrize("order", [{"order_by": "id"}, {"order_by": ""}, {"order_by": "-name"}, {"order": "up"}])
def test_an_unknown_order_is_refused(client, order):
    response = client.get(CONTACTS, order)

    assert response.status_code == 400
    assert [error["pointer"] for error in response.json()["errors"]] == [f"/{next(iter(order))}"]
