"""Who has how much: one organization half of everything, each other one less than the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from crm_project.volume.size import Size

CONTACTS_OF_A_COMPANY = 10


@dataclass(frozen=True)
class Share:
    """What one organization has."""

    deals: int
    contacts: int
    activities: int

    @property
    def companies(self) -> int:
        return -(-self.contacts // CONTACTS_OF_A_COMPANY)


def shares(size: Size) -> list[Share]:
    """What each organization has, the largest first; nobody nothing."""
    weights = skewed(size.organizations)
    deals = [1 + more for more in share_out(size.deals - size.organizations, weights)]
    contacts = [1 + more for more in share_out(size.contacts - size.organizations, weights)]
    activities = share_out(size.activities - size.deals, deals)
    return [Share(own, known, own + told) for own, known, told in zip(deals, contacts, activities, strict=True)]


def skewed(parts: int) -> list[float]:
    """The first weighs as much as all others together, those 1, 1/2, 1/3, and so on."""
    others = [1 / rank for rank in range(1, parts)]
    return [sum(others) or 1.0, *others]


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of this total in proportion to the weights; together they are the total."""
    whole = sum(weights)
    ends = [round(total * end / whole) for end in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def draw_shares(total: int, parts: int, random: Random) -> Iterator[int]:
    """Parts of this total, most of them small and a few large; each at least 1, together the total."""
    rest = total - parts
    for left in range(parts, 0, -1):
        more = rest if left == 1 else min(rest, round(random.expovariate(left / rest))) if rest else 0
        rest -= more
        yield 1 + more
