"""What a removed member leaves behind."""

from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.actions import remove_member
from organizations.models import Membership
from organizations.roles import Role


def test_operator_who_is_no_member_hands_the_records_to_an_owner(organization, owner, member, operator):
    deal = DealFactory(by=member)

    remove_member(member, by=Membership(organization=organization, user=operator, role=Role.OWNER))

    assert Deal.objects.get(pk=deal.pk).owner == owner.user
