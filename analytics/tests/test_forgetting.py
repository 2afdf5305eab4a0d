"""Figures are forgotten once a transaction, and never too seldom."""

import pytest
from django.db import transaction

from analytics import cache
from contacts.tests.factories import ContactFactory
from deals.models import Deal
from organizations.tenancy.bulk import save_all_by


@pytest.fixture
def forgotten(monkeypatch):
    organizations = []
    monkeypatch.setattr(cache, "forget", organizations.append)
    return organizations


@pytest.fixture
def deals(owner):
    contact = ContactFactory(by=owner)
    return [
        Deal(organization=owner.organization, owner=owner.user, contact=contact, title=f"Deal {number}")
        for number in range(20)
    ]


def test_many_deals_forget_the_figures_once(owner, deals, forgotten, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        save_all_by(deals, None)

    assert forgotten == [owner.organization_id]


def test_deal_after_one_that_was_rolled_back_forgets_too(owner, deals, forgotten, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        with transaction.atomic():
            deals[0].save_by(None)
            transaction.set_rollback(True)
        deals[1].save_by(None)

    assert forgotten == [owner.organization_id]


def test_deals_of_two_organizations_forget_both(owner, stranger, deals, forgotten, django_capture_on_commit_callbacks):
    theirs = Deal(
        organization=stranger.organization, owner=stranger.user, contact=ContactFactory(by=stranger), title="Theirs"
    )

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        deals[0].save_by(None)
        theirs.save_by(None)

    assert forgotten == [owner.organization_id, stranger.organization_id]
