"""Where the shapes of a chart are, in percent of its size: text never scales, and no style is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

BASE, TALLEST = 90, 80  # where columns stand, and how high the highest is; above it stands its number
YEAR, FEW = 12, 6  # a year of months has all its labels; more months have a few, with their year


@dataclass(frozen=True)
class Column:
    """A month's column and, as a line across, the same month of the year before."""

    x: str
    width: str
    y: str
    height: str
    middle: str
    label_y: str
    before_y: str
    before_x1: str
    before_x2: str
    has_number: bool
    is_greatest: bool
    has_label: bool


def columns(values: Sequence[Decimal], before: Sequence[Decimal]) -> list[Column]:
    """From zero; the highest of all values fills the chart."""
    top = max([*values, *before, Decimal(0)]) or Decimal(1)
    step = 100 / max(len(values), 1)
    every = 1 if len(values) <= YEAR else -(-len(values) // FEW)
    greatest = len(values) - 1 - list(values)[::-1].index(max(values)) if values else None
    heights = [float(value / top) * TALLEST for value in values]
    heights_before = [float(value / top) * TALLEST for value in before]
    return [
        Column(
            x=percent((place + 0.2) * step),
            width=percent(step * 0.6),
            y=percent(BASE - height),
            height=percent(height),
            middle=percent((place + 0.5) * step),
            label_y=percent(BASE - max(height, past)),
            before_y=percent(BASE - past),
            before_x1=percent((place + 0.14) * step),
            before_x2=percent((place + 0.86) * step),
            has_number=every == 1 or place == greatest,
            is_greatest=place == greatest,
            has_label=(len(values) - 1 - place) % every == 0,
        )
        for place, (height, past) in enumerate(zip(heights, heights_before, strict=True))
    ]


def bands(values: Sequence[int]) -> list[str]:
    """The path of each step of a funnel, of 100 by 100: from its own share of the greatest to the next one's."""
    top = max([*values, 1])
    edges = [50 - value / top * 46 for value in values]
    return [_band(edge, after) for edge, after in zip(edges, [*edges[1:], *edges[-1:]], strict=True)]


def _band(edge: float, after: float) -> str:
    upper = f"M0 {edge:.1f}C55 {edge:.1f} 45 {after:.1f} 100 {after:.1f}"
    return f"{upper}V{100 - after:.1f}C45 {100 - after:.1f} 55 {100 - edge:.1f} 0 {100 - edge:.1f}Z"


def shares(values: Sequence[Decimal | int]) -> list[str]:
    """How long the bar of each value is, the greatest being whole."""
    top = max([*values, 0]) or 1
    return [percent(float(value / top * 100)) for value in values]


def percent(number: float) -> str:
    return f"{number:.2f}%"
