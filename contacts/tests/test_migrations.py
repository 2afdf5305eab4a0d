"""What stood in the database before a column was compared otherwise."""

from importlib import import_module

import pytest
from django.apps import apps

from contacts.tests.factories import ContactFactory
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
