"""An organization with a record of each kind, for tests that knock at every door."""

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.pipelines import Pipeline
from deals.tests.factories import DealFactory
from organizations import actions
from organizations.models import ExchangeRate
from organizations.roles import Role
from organizations.tests.factories import MembershipFactory
from organizations.tests.passkeys import Device
from tasks.tests.factories import TaskFactory


def record_of_each(owner):
    """The id of a record by the first part of its path in the API; none of them is needed by another."""
    organization = owner.organization
    deal = DealFactory(by=owner)
    invitation, _ = actions.invite(email="ann@example.com", role=Role.MEMBER, by=owner)
    records = {
        "activities": deal.activities.get(),
        "companies": CompanyFactory(by=owner),
        "contacts": ContactFactory(by=owner),
        "deals": deal,
        "exchange-rates": ExchangeRate(organization=organization, currency="USD", rate="0.9").save_by(owner),
        "invitations": invitation,
        "members": MembershipFactory(organization=organization),
        "pipelines": Pipeline(organization=organization, name="Partners").save_by(owner),
        "stages": deal.stage,
        "tasks": TaskFactory(by=owner, deal=deal),
    }
    records["settings"] = Device(records["members"].user).added()  # nobody else's, of whatever role
    records["rates"] = records["exchange-rates"]  # what pages call them
    return {resource: record.pk for resource, record in records.items()}
