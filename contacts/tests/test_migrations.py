"""What stood in the database before a column was compared otherwise."""

from importlib import import_module

import pytest
from django.apps import apps

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.tests.factories import DealFactory


@pytest.fixture
def fold_again():
    return lambda app: import_module(f"{app}.migrations.0003_fold_accents").fold_again(apps, None)


@pytest.mark.parametrize(("app", "factory"), [("contacts", ContactFactory), ("deals", DealFactory)])
def test_accents_are_folded_in_all_batches(owner, fold_again, monkeypatch, app, factory):
    monkeypatch.setattr(f"{app}.migrations.0003_fold_accents.BATCH", 2, raising=True)
    rows = [factory(by=owner) for _ in range(3)]
    model = type(rows[0])
    model.objects.update(search_text="müller")

    fold_again(app)

    assert list(model.objects.values_list("search_text", "version")) == [("muller", 1)] * 3


def test_keys_are_filled_in_all_batches(owner, monkeypatch):
    monkeypatch.setattr("contacts.migrations.0005_fill_keys.BATCH", 2)
    for _ in range(3):
        ContactFactory(by=owner, name="José", email="J@karg.example", phone="+49 170 1234567")
        CompanyFactory(by=owner, name="Alster", domain="www.alster.example")
    columns = ["name_key", "phone_digits", "phone_key"]
    Contact.objects.update(**dict.fromkeys([*columns, "email_key"], ""))
    Company.objects.update(**dict.fromkeys([*columns, "domain_key"], ""))

    import_module("contacts.migrations.0005_fill_keys").fill_keys(apps, None)

    contact, company = ("jose", "491701234567", "701234567", "j@karg.example"), ("alster", "", "", "alster.example")
    assert list(Contact.objects.values_list(*columns, "email_key")) == [contact] * 3
    assert list(Company.objects.values_list(*columns, "domain_key")) == [company] * 3
