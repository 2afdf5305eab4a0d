"""An organization of the demo as it works: its members, stages and the customers whom they know by now."""

from __future__ import annotations

from contacts.models import Company, Contact
from crm_project.demo.script import Customer, Script
from deals.pipelines import Stage
from organizations.models import Membership, Organization
from organizations.roles import Power

SHARES = {"owner": 1, "admin": 1, "manager": 2, "member": 4}  # of the customers


class Office:
    def __init__(self, script: Script, organization: Organization, team: list[Membership]):
        self.script, self.organization, self.team = script, organization, team
        self.leaders = [member for member in team if member.may(Power.ASSIGN)]
        self.stages = list(Stage.objects.for_membership(team[0]).filter(pipeline__is_default=True))
        self._contacts: dict[str, list[Contact]] = {}
        self._sellers = self._share_out()

    def _share_out(self) -> dict[str, Membership]:
        """Who looks after which customer."""
        rota = [member for turn in range(4) for member in self.team if turn < SHARES[member.role]]
        return {customer.name: rota[n % len(rota)] for n, customer in enumerate(self.script.customers())}

    def seller_of(self, customer: Customer) -> Membership:
        return self._sellers[customer.name]

    def colleague_of(self, seller: Membership, number: int) -> Membership:
        others = [member for member in self.team if member != seller]
        return others[number % len(others)]

    def leader_beside(self, seller: Membership, number: int) -> Membership:
        others = [member for member in self.leaders if member != seller]
        return others[number % len(others)]

    def contact(self, customer: Customer, number: int, seller: Membership) -> Contact:
        """One of the people at this customer, whom the seller notes when the first deal begins."""
        if customer.name not in self._contacts:
            self._contacts[customer.name] = self._meet(customer, seller)
        known = self._contacts[customer.name]
        return known[number % len(known)]

    def _meet(self, customer: Customer, seller: Membership) -> list[Contact]:
        company = Company(
            organization=self.organization,
            name=customer.name,
            domain=customer.domain,
            phone=customer.phone,
            address=customer.address,
        )
        company.save_by(seller)
        contacts = [Contact(organization=self.organization, company=company, **facts) for facts in customer.contacts]
        for contact in contacts:
            contact.save_by(seller)
        return contacts
