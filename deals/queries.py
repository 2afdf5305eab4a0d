"""How deals are found and counted."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from contacts.models import Company, Contact
from deals.totals import DealTotal, totals_of
from organizations.tenancy.kept import Kept, standing_in
from organizations.tenancy.models import TenantQuerySet
from organizations.tenancy.seeking import belongs_to, found, is_written_in


def _all_deals(organization_id: int) -> models.QuerySet[Any]:
    totals = DealTotal.objects.for_membership(standing_in(organization_id))
    return totals.values_list("organization").annotate(models.Sum("count"))


ALL_DEALS = Kept(_all_deals)


class DealQuerySet(TenantQuerySet):
    def count(self) -> int:
        """As always, but from the totals where they can tell."""
        if self.has_all():
            return sum(int(count) for _, count in ALL_DEALS.rows(self.place))
        totals = totals_of(self) if self._result_cache is None else None
        return super().count() if totals is None else int(totals.aggregate(all=models.Sum("count"))["all"] or 0)

    def open(self) -> Self:
        return self.filter(closed_at=None)  # as a constraint says; an index knows the open ones by it

    def search(self, words: str) -> Self:
        """Deals with these words in their title, or in the name of their contact or company."""

        def ways(has: str) -> list[models.Q]:
            of_contact = belongs_to("contact", self.beside(Contact), words, has)
            return [is_written_in(words, has), of_contact, belongs_to("company", self.beside(Company), words, has)]

        return found(self, words, ways, Contact, Company)
