"""All the figures of the page of reports, in as few statements as they need."""

from __future__ import annotations

from typing import Any

from analytics.figures.closed import BEFORE, NOW, closed, closings, won_by_month
from analytics.figures.conversion import Converter, Figures, total
from analytics.figures.funnel import conversion, moves_to, reached_of
from analytics.figures.scope import Scope, within
from analytics.figures.standing import arrived, by_owner, by_stage, standing, still_open
from analytics.periods import YEAR, Period, months_later
from deals.pipelines import Stage


def report(scope: Scope, period: Period, stages: list[Stage]) -> Figures:
    """About a period; `stages` are those of the funnel, in order, none for no funnel."""
    convert = Converter(scope.by.organization)
    year = period.year_to()
    two_years = Period(months_later(year.first, -YEAR), year.last)
    closing_rows, rows = closings(scope, period, two_years), standing(scope, period)
    open_rows = still_open(rows)
    return {
        "currency": convert.base,
        "open": total(open_rows, convert),
        "owners": by_owner(open_rows, convert),
        "this": {**closed(closing_rows, NOW, convert), **arrived(rows)},
        "before": {**closed(closing_rows, BEFORE, convert), "new": sum(row["new_before"] for row in rows)},
        "months": _with_year_before(won_by_month(closing_rows, two_years, convert)),
        "stages": _stages(scope, period, stages, by_stage(open_rows, convert), total([], convert)),
    }


def _with_year_before(months: list[Figures]) -> list[Figures]:
    """Each month but those of the first year, with the same one a year `before`."""
    return [{**month, "before": before} for month, before in zip(months[YEAR:], months, strict=False)]


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
