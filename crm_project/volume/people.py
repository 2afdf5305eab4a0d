"""The companies and contacts of an office, each found again by its number alone, so that nobody need remember them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contacts.models import Company, Contact
from crm_project.volume import words
from crm_project.volume.hall import Numbers, saved
from crm_project.volume.office import Office
from crm_project.volume.shares import CONTACTS_OF_A_COMPANY


class People:
    def __init__(self, office: Office, numbers: Numbers):
        self.office, self.numbers = office, numbers
        self.first_company, self.first_contact = numbers.following(Company), numbers.following(Contact)

    def company_of(self, contact: int) -> int:
        """The id of the company of the contact with this number, from 0."""
        return self.first_company + contact // CONTACTS_OF_A_COMPANY

    def known_at(self, part: float) -> int:
        """The number of some contact who was known when this part of the office's time had passed."""
        return int(int(part * self.office.share.contacts) * self.office.random.random())

    def meet(self) -> Iterator[Any]:
        """All of them, companies before their contacts."""
        for number in range(self.office.share.contacts):
            if number % CONTACTS_OF_A_COMPANY == 0:
                yield from self._company(number // CONTACTS_OF_A_COMPANY, number)
            yield from self._contact(number)

    def _company(self, number: int, contact: int) -> Iterator[Any]:
        name, domain = words.company(number, self.office.random)
        company = Company(name=name, domain=domain, phone=words.phone(self.office.random), address=f"{number} Main St")
        return self._noted(company, contact)

    def _contact(self, number: int) -> Iterator[Any]:
        random = self.office.random
        return self._noted(
            Contact(
                name=words.person(random),
                email=f"contact-{number}@company-{number // CONTACTS_OF_A_COMPANY}.example",
                phone=words.phone(random),
                job_title=random.choice(words.JOBS),
                company_id=self.company_of(number),
            ),
            number,
        )

    def _noted(self, record: Any, contact: int) -> Iterator[Any]:
        at = self.office.moment(contact / self.office.share.contacts)
        record.organization, record.created_at = self.office.organization, at
        left = saved(record, None, by=self.office.random.choice(self.office.team), at=at, numbers=self.numbers)
        yield record
        yield from left
