"""The import by a member, as the pages and the API will call it: with that member's powers and in their name."""

import pytest

from activities.models import Activity
from contacts.models import Company
from contacts.tests.factories import ContactFactory
from imports.importer import load, targets
from imports.mapping_file import read_mapping
from imports.rows import Row


@pytest.fixture
def load_by(organization, tmp_path):
    """`load_by(member, kind, mapping, cells)` imports one row in a member's name."""

    def run(member, kind, mapping, cells):
        path = tmp_path / "mapping.toml"
        path.write_text(mapping)
        rows = [Row(2, list(cells), list(cells.values()))]
        return load(rows, kind, read_mapping(path, targets(kind)), organization=organization, by=member)

    return run


def test_member_imports_records_as_their_own(load_by, member):
    report = load_by(member, "companies", 'fields.name = "name"', {"name": "Acme"})

    assert str(report) == "1 created, 0 changed, 0 unchanged, 0 refused"
    assert Company.objects.get().owner == member.user


def test_member_may_not_import_records_of_others(load_by, member, owner):
    mapping = 'fields.name = "name"\ndefaults.owner.name = "Olga Owner"'

    report = load_by(member, "companies", mapping, {"name": "Acme"})

    assert report.refused == {2: ["Only a manager may name another owner."]}
    assert Company.objects.count() == 0


def test_timeline_names_the_member(load_by, member):
    ContactFactory(by=member, name="Ann")

    load_by(member, "deals", 'fields.title = "title"\ndefaults.contact.name = "Ann"', {"title": "Roof"})

    assert Activity.objects.get().author == member.user


def test_member_may_not_import_members(load_by, member):
    report = load_by(member, "members", 'fields = {email = "mail", name = "mail"}', {"mail": "ann@example.com"})

    assert report.refused == {2: ["Only an owner or an admin may change members."]}


def test_stranger_may_not_import_at_all(load_by, stranger):
    report = load_by(stranger, "companies", 'fields.name = "name"', {"name": "Acme"})

    assert report.refused == {2: ["This record belongs to another organization."]}
    assert Company.objects.count() == 0
