"""What each role may do with an organization, its members, invitations and rates: the contract's table."""

import pytest

from organizations.actions import invite
from organizations.models import ExchangeRate, Invitation, Membership, Organization
from organizations.roles import Role
from organizations.tests.answers import refusal
from organizations.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

YES = "yes"
ADMINISTRATORS = (403, "administrators_only")
OWNERS = (403, "owners_only")
MATRIX = {  # owner, admin, manager, member
    "see the organization": (YES, YES, YES, YES),
    "list members": (YES, YES, YES, YES),
    "see a member": (YES, YES, YES, YES),
    "list invitations": (YES, YES, YES, YES),
    "list rates": (YES, YES, YES, YES),
    "see a rate": (YES, YES, YES, YES),
    "open another organization": (YES, YES, YES, YES),
    "leave": (YES, YES, YES, YES),
    "rename the organization": (YES, YES, ADMINISTRATORS, ADMINISTRATORS),
    "invite a member": (YES, YES, ADMINISTRATORS, ADMINISTRATORS),
    "invite an admin": (YES, YES, ADMINISTRATORS, ADMINISTRATORS),
    "invite an owner": (YES, OWNERS, ADMINISTRATORS, ADMINISTRATORS),
    "revoke an invitation": (YES, YES, ADMINISTRATORS, ADMINISTRATORS),
    "make an admin": (YES, YES, ADMINISTRATORS, ADMINISTRATORS),
    "unmake an admin": (YES, YES, ADMINISTRATORS, ADMINISTRATORS),
    "make an owner": (YES, OWNERS, ADMINISTRATORS, ADMINISTRATORS),
    "unmake an owner": (YES, OWNERS, ADMINISTRATORS, ADMINISTRATORS),
    "make oneself an owner": (YES, OWNERS, ADMINISTRATORS, ADMINISTRATORS),
    "remove a member": (YES, YES, ADMINISTRATORS, ADMINISTRATORS),
    "remove an admin": (YES, YES, ADMINISTRATORS, ADMINISTRATORS),
    "remove an owner": (YES, OWNERS, ADMINISTRATORS, ADMINISTRATORS),
    "add a rate": (YES, YES, ADMINISTRATORS, ADMINISTRATORS),
    "change a rate": (YES, YES, ADMINISTRATORS, ADMINISTRATORS),
    "delete a rate": (YES, YES, ADMINISTRATORS, ADMINISTRATORS),
    "delete the organization": (YES, OWNERS, OWNERS, OWNERS),
}


class Office:
    """An organization with somebody of each role, and the requests of the table."""

    def __init__(self, organization):
        def colleague(role):
            return f"/members/{MembershipFactory(organization=organization, role=role).pk}"

        self.owner, self.admin, self.member = colleague(Role.OWNER), colleague(Role.ADMIN), colleague(Role.MEMBER)
        boss = Membership.objects.get(organization=organization, role=Role.OWNER)
        invite(email="guest@example.com", role=Role.MEMBER, by=boss)
        self.rate = (
            f"/exchange-rates/{ExchangeRate(organization=organization, currency='USD', rate=1).save_by(None).pk}"
        )
        self.invitation = f"/invitations/{Invitation.objects.get().pk}"
        self.slug = organization.slug

    def request(self, action, oneself):
        return {
            "see the organization": ("get", "/organizations/current"),
            "list members": ("get", "/members"),
            "see a member": ("get", self.member),
            "list invitations": ("get", "/invitations"),
            "list rates": ("get", "/exchange-rates"),
            "see a rate": ("get", self.rate),
            "open another organization": ("post", "/organizations", {"name": "Another"}),
            "leave": ("delete", oneself),
            "rename the organization": ("patch", "/organizations/current", {"name": "Renamed"}),
            "invite a member": ("post", "/invitations", {"email": "new@example.com", "role": "member"}),
            "invite an admin": ("post", "/invitations", {"email": "new@example.com", "role": "admin"}),
            "invite an owner": ("post", "/invitations", {"email": "new@example.com", "role": "owner"}),
            "revoke an invitation": ("delete", self.invitation),
            "make an admin": ("patch", self.member, {"role": "admin"}),
            "unmake an admin": ("patch", self.admin, {"role": "member"}),
            "make an owner": ("patch", self.member, {"role": "owner"}),
            "unmake an owner": ("patch", self.owner, {"role": "admin"}),
            "make oneself an owner": ("patch", oneself, {"role": "owner"}),
            "remove a member": ("delete", self.member),
            "remove an admin": ("delete", self.admin),
            "remove an owner": ("delete", self.owner),
            "add a rate": ("post", "/exchange-rates", {"currency": "SEK", "rate": "0.1"}),
            "change a rate": ("patch", self.rate, {"rate": "2"}),
            "delete a rate": ("delete", self.rate),
            "delete the organization": ("delete", "/organizations/current", {"confirm": self.slug}),
        }[action]


def stored():
    return [
        list(model.objects.order_by("pk").values()) for model in (Organization, Membership, Invitation, ExchangeRate)
    ]


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("action", MATRIX)
def test_role_may_do_what_the_table_says(call, organization, role, action):
    office = Office(organization)
    by = MembershipFactory(organization=organization, role=role)
    method, path, *body = office.request(action, f"/members/{by.pk}")
    before = stored()

    answer = getattr(call(by), method)(f"/api/v1{path}", *body)

    expected = MATRIX[action][Role.values.index(role)]
    if expected == YES:
        assert answer.status_code == {"get": 200, "post": 201, "patch": 200, "delete": 204}[method]
    else:
        assert refusal(answer) == expected
        assert stored() == before
