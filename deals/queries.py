"""How deals are found and counted."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from contacts.models import Company, Contact
from deals import amounts
from deals.totals import totals_of
from organizations.tenancy.models import TenantQuerySet, added_up
from organizations.tenancy.seeking import belongs_to, found, is_written_in


class DealQuerySet(TenantQuerySet):
    def total(self) -> Any:
        totals = totals_of(self)
        return amounts.number_of(self) if totals is None else added_up(totals)

    def open(self) -> Self:
        return self.filter(closed_at=None)  # as a constraint says; an index knows the open ones by it

    def search(self, words: str) -> Self:
        """Deals with these words in their title, or in the name of their contact or company."""

        def ways(has: str) -> list[models.Q]:
            of_contact = belongs_to("contact", self.beside(Contact), words, has)
            return [is_written_in(words, has), of_contact, belongs_to("company", self.beside(Company), words, has)]

        return found(self, words, ways, Contact, Company)
