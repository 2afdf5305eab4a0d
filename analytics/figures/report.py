"""All the figures of the page of reports, in as few statements as they need."""

from __future__ import annotations

from typing import Any

from analytics.figures.closed import arrived, closed, within, won_by_month
from analytics.figures.conversion import Converter, Figures, total
from analytics.figures.funnel import conversion, moves_to, reached_of
from analytics.figures.scope import Scope
from analytics.figures.standing import by_owner, by_stage, standing
from analytics.periods import YEAR, Period, months_later
from deals.pipelines import Stage


def report(scope: Scope, period: Period, stages: list[Stage]) -> Figures:
    """About a period; `stages` are those of the funnel, in order, none for no funnel."""
    convert = Converter(scope.by.organization)
    open_rows = standing(scope)
    this, before = closed(scope, period, convert)
    new, new_before = arrived(scope, period)
    return {
        "currency": convert.base,
        "open": total(open_rows, convert),
        "owners": by_owner(scope, convert, open_rows),
        "this": {**this, "new": new},
        "before": {**before, "new": new_before},
        "months": _months(scope, period, convert),
        "stages": _stages(scope, period, stages, by_stage(open_rows, convert), total([], convert)),
    }


def _months(scope: Scope, period: Period, convert: Converter) -> list[Figures]:
    """A year of months or all of the period's, each with the same one a year `before`."""
    year = period.year_to()
    count = len(year.months())
    months = won_by_month(scope, Period(months_later(year.first, -YEAR), year.last), convert)
    return [{**month, "before": before} for month, before in zip(months[-count:], months, strict=False)]


def _stages(scope: Scope, period: Period, stages: list[Stage], here: dict[int, Figures], none: Figures) -> list[Any]:
    """Each stage: the open deals in it `now`, and how many of those created in the period `reached` it."""
    moves = moves_to(scope.by, stages).filter(within("deal__created_at", period, scope))
    reached = reached_of(moves.filter(**{f"deal__{name}": value for name, value in scope.owner.items()}), stages)
    figures: list[Figures] = [
        {"id": stage.pk, "slug": stage.slug, "now": here.get(stage.pk, none), "reached": reached[stage.pk]}
        for stage in stages
    ]
    for before, figure in zip([None, *figures], figures, strict=False):
        figure["went_on"] = conversion(before, figure, "reached")
    return figures
