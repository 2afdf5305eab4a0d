"""An organization as the scenarios meet it: who asks, for which records, with which words."""

from __future__ import annotations

import random
import time
from itertools import cycle
from typing import Any

from benchmarks.addresses import cookie_of
from contacts.models import Contact
from deals.models import Deal
from deals.pipelines import Stage
from organizations.models import Membership, Organization
from organizations.tenancy.keyset import Cursor, Order
from organizations.tokens import issue

PAGE = 20  # what lists answer without `page_size`
SPREAD = 400  # so many records of each kind are asked for
CALLERS = 8
FRESH = 300  # seconds after which a token is renewed; it lives for 900
NEWEST_FIRST = Order("created_at", descending=True)


class World:
    """`turn` sets those apart who change deals at the same time, so that each finds what it left.

    All is looked up at once: while a load runs, nothing is asked of the database from here.
    """

    def __init__(self, organization: Organization, *, turn: int = 0):
        self.organization = organization
        members = Membership.objects.filter(organization=organization).select_related("user", "organization")
        self.members = list(members.order_by("pk")[:CALLERS])  # the owner first, then an admin
        self.owner = self.members[0]
        self.deals = self._some(Deal.objects.for_membership(self.owner))
        self.contacts = self._some(Contact.objects.for_membership(self.owner))
        self.moved = self.deals[turn::4]
        self.stages = list(Stage.objects.for_membership(self.owner).values_list("slug", flat=True))
        self.number = Deal.objects.for_membership(self.owner).count()
        self._stage_of = dict(Deal.objects.filter(pk__in=self.moved).values_list("pk", "stage__slug"))
        self._moves = cycle(self.moved)
        self._renewed, self.tokens = 0.0, [""]
        self.cookies = [cookie_of(member) for member in self.members[:2]]
        met = Deal.objects.filter(pk__in=self.deals[:50])
        self.companies = list(met.values_list("company__name", flat=True))
        self.rare = list(met.values_list("contact__email", flat=True))  # finds a deal or a few
        # To the middle page, to the last one, and to page 5,000 or as far as there are pages.
        wanted = {self.pages // 2, self.pages - 1, min(5_000, self.pages) - 1} - {0}
        self.cursors = {page: self._cursor(page) for page in wanted}

    def _some(self, rows: Any) -> list[int]:
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        return random.Random(1).sample(ids, min(SPREAD, len(ids)))

    @property
    def pages(self) -> int:
        return max(1, self.number // PAGE)

    def renew(self) -> None:
        """Tokens that are good for some minutes; never while a load runs."""
        if time.monotonic() - self._renewed > FRESH or not self._renewed:
            self.tokens = [issue(member.user)["access_token"] for member in self.members]
            self._renewed = time.monotonic()

    def headers(self, n: int, callers: int = CALLERS) -> dict[str, str]:
        """Those of the n-th request: one of the first so many members asks."""
        token = self.tokens[n % min(callers, len(self.tokens))]
        return {"Authorization": f"Bearer {token}", "X-Organization-Id": str(self.organization.pk)}

    def next_move(self) -> tuple[int, str]:
        """A deal and a stage that it is not in: the second, from there the third."""
        deal, (here, there) = next(self._moves), self.stages[1:3]
        self._stage_of[deal] = there if self._stage_of[deal] == here else here
        return deal, self._stage_of[deal]

    def _cursor(self, page: int) -> str:
        row = NEWEST_FIRST.apply(Deal.objects.for_membership(self.owner))[page * PAGE - 1]
        return Cursor.at(row, NEWEST_FIRST, backwards=False).encode()
