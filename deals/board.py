"""The columns of the board: pure queries, as many for fifty thousand deals as for five."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from deals.cards import NAMES, SHOWN
from deals.models import Deal
from deals.pipelines import Stage
from deals.totals import tally
from organizations.tenancy.columns import asked
from organizations.tenancy.keyset import Cursor, Order

CARDS = 25
ORDER = Order("stage_entered_at", descending=True)


@dataclass
class Column:
    """A stage with all of its deals counted and added up, and some of them as cards."""

    stage: Stage
    count: int = 0
    sums: list[tuple[Decimal, str]] = field(default_factory=list)
    cards: list[Any] = field(default_factory=list)  # rows of `SHOWN` and `NAMES`
    after: str = ""  # the cursor behind the last card, where there are more
    is_continued: bool = False  # it does not begin with its first card

    def take(self, found: list[Any]) -> None:
        """Show these cards; one more than fit means that there are more."""
        self.cards = found[:CARDS]
        if len(found) > CARDS:
            self.after = Cursor.at(self.cards[-1], ORDER, backwards=False).encode()


def columns(deals: Any, stages: list[Stage]) -> list[Column]:
    """The heads of these stages' columns, without cards: one query."""
    found = {stage.pk: Column(stage) for stage in stages}
    for row in sorted(tally(deals.filter(stage__in=list(found)), "stage"), key=_most_first):
        column = found[row["stage"]]
        column.count += row["count"]
        if row["sum"]:
            column.sums.append((row["sum"], row["currency"]))
    return list(found.values())


def fill(found: list[Column], deals: Any) -> None:
    """The first cards of every column: one query."""
    tops = [ORDER.apply(deals.filter(stage=column.stage.pk)).values("pk")[: CARDS + 1] for column in found]
    parts: list[Any] = [Deal.objects.filter(pk__in=top).order_by().values("pk") for top in tops]
    first, *others = parts or [Deal.objects.none()]
    cards: dict[int, list[Any]] = {column.stage.pk: [] for column in found}
    for card in _shown(ORDER.apply(deals.filter(pk__in=first.union(*others, all=True)))):
        cards[card.stage_id].append(card)
    for column in found:
        column.take(cards[column.stage.pk])


def continue_after(column: Column, deals: Any, cursor: str) -> None:
    """The next cards of one column: one query; what is no cursor of ours changes nothing."""
    try:
        place = Cursor.decode(cursor, ORDER, Deal)
    except ValueError:
        return
    column.after, column.is_continued = "", True
    column.take(list(_shown(place.rows(deals.filter(stage=column.stage.pk))[: CARDS + 1])))


def _shown(deals: Any) -> Any:
    names = {name: asked(Deal, path) for name, path in NAMES.items()}
    return deals.annotate(**names).values_list(*SHOWN, *NAMES, named=True)


def total(deals: Any) -> list[tuple[Decimal, str]]:
    """What these deals are worth in each currency, never added up across currencies: one query."""
    return [(row["sum"], row["currency"]) for row in sorted(tally(deals), key=_most_first) if row["sum"]]


def _most_first(row: dict[str, Any]) -> tuple[int, str]:
    return -row["count"], row["currency"]
