"""The columns of the board: pure queries, as many for fifty thousand deals as for five."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from deals.cards import NAMES, Shown
from deals.filters import DealFilter
from deals.models import Deal
from deals.pipelines import Stage
from deals.totals import tally
from organizations.tenancy.columns import asked
from organizations.tenancy.conditions import Shape
from organizations.tenancy.kept import Kept, standing_in
from organizations.tenancy.keyset import Cursor, Order
from organizations.tenancy.listing import Listed, Listing
from organizations.tenancy.questions import narrowed

CARDS, SHAPES = 25, 50  # so many ways to narrow a board are kept, each of some hundred kilobytes
ORDER = Order("stage_entered_at", descending=True)


class OpenDeals(Listed):
    """What the board lists."""

    model, filterset_class = Deal, DealFilter

    def __init__(self, request: Any = None, action: str = "list"):
        self.request, self.action = request, action

    def narrow(self, queryset: Any) -> Any:
        return queryset.open()


@dataclass
class Column:
    """A stage with all of its deals counted and added up, and some of them as cards."""

    stage: Stage
    count: int = 0
    sums: list[tuple[Decimal, str]] = field(default_factory=list)
    cards: list[Shown] = field(default_factory=list)
    after: str = ""  # the cursor behind the last card, where there are more
    is_continued: bool = False  # it does not begin with its first card

    def take(self, found: list[Shown]) -> None:
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


def fill(found: list[Column], deals: Listing) -> None:
    """The first cards of every column: one query."""
    cards: dict[int, list[Shown]] = {column.stage.pk: [] for column in found}
    for card in _first(deals, [*cards]):
        cards[card.stage_id].append(card)
    for column in found:
        column.take(cards[column.stage.pk])


def _first(deals: Listing, stages: list[int]) -> Iterable[Shown]:
    if not stages:
        return []
    most = CARDS + 1
    rows = _firsts(deals.rows, stages, most) if deals.ways else deals.ask(_kept, len(stages), most, beyond=stages)
    return map(Shown._make, rows)


def _firsts(deals: Any, stages: Sequence[Any], most: int) -> Any:
    """The first cards in each of these stages, so many at most."""
    tops = [ORDER.apply(deals.filter(stage=stage)).values("pk")[:most] for stage in stages]
    parts: list[Any] = [Deal.objects.filter(pk__in=top).order_by().values("pk") for top in tops]
    return _shown(ORDER.apply(deals.filter(pk__in=parts[0].union(*parts[1:], all=True))))


@lru_cache(SHAPES)
def _kept(view_class: Any, shapes: tuple[Shape, ...], number: int, most: int) -> Kept:
    def make(organization_id: Any, *marks: Any) -> Any:
        values, stages = marks[:-number], marks[-number:]
        return _firsts(narrowed(view_class(), shapes, standing_in(organization_id), values), stages, most)

    return Kept(make, depends=True)


def continue_after(column: Column, deals: Any, cursor: str) -> None:
    """The next cards of one column: one query; what is no cursor of ours changes nothing."""
    try:
        place = Cursor.decode(cursor, ORDER, Deal)
    except ValueError:
        return
    column.after, column.is_continued = "", True
    found = _shown(place.rows(deals.filter(stage=column.stage.pk)))[: CARDS + 1]
    column.take([*map(Shown._make, found)])


def _shown(deals: Any) -> Any:
    names = {name: asked(Deal, path) for name, path in NAMES.items()}
    return deals.annotate(**names).values_list(*Shown._fields)


def total(deals: Any) -> list[tuple[Decimal, str]]:
    """What these deals are worth in each currency, never added up across currencies: one query."""
    return [(row["sum"], row["currency"]) for row in sorted(tally(deals), key=_most_first) if row["sum"]]


def _most_first(row: dict[str, Any]) -> tuple[int, str]:
    return -row["count"], row["currency"]
