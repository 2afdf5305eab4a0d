"""Many deals at once get the same defaults as one, without a question for each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from organizations.tenancy.bulk import save_all_by


@pytest.fixture
def deals(owner):
    companies = [CompanyFactory(by=owner) for _ in range(8)]
    contacts = [ContactFactory(by=owner, company=company) for company in companies]
    fresh = Contact.objects.for_membership(owner).filter(pk__in=[contact.pk for contact in contacts]).order_by("pk")
    return [
        Deal(organization=owner.organization, owner=owner.user, contact=contact, title=contact.name)
        for contact in fresh
    ]


def test_deals_begin_in_the_first_stage_with_the_company_of_their_contact(deals):
    outcome = save_all_by(deals, None)

    assert len(outcome.created) == 8
    assert {deal.stage.slug for deal in outcome.created} == {"qualification"}
    assert [deal.company for deal in outcome.created] == list(Company.objects.order_by("pk"))


def test_defaults_of_many_deals_cost_as_many_questions_as_of_one(deals):
    def questions(some):
        with CaptureQueriesContext(connection) as captured:
            save_all_by(some, None)
        return len([query for query in captured if query["sql"].startswith("SELECT")])

    assert questions(deals[:1]) == questions(deals[1:])
