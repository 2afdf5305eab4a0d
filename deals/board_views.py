"""The open deals of a pipeline as columns of cards."""

from __future__ import annotations

from functools import cached_property
from types import SimpleNamespace
from typing import Any

from deals import board, outcomes
from deals.chips import asked_spans, chips, kept, without
from deals.filters import DealFilter
from deals.models import CLOSED, Deal
from deals.pipelines import Pipeline, Stage
from organizations.models import User
from organizations.roles import Power
from organizations.tenancy.asked import AskedFilters
from organizations.tenancy.ids import parse_id
from organizations.tenancy.kept import Kept, standing_in
from organizations.tenancy.listing import Listing
from organizations.tenancy.views import TenantPage

MOVED, MORE = "move-sheet", "more"  # the elements that a fragment of the board fills


def _stages_in_order(organization_id: int) -> Any:
    stages = Stage.objects.for_membership(standing_in(organization_id))
    return stages.select_related("pipeline").order_by("pipeline", "position")


def _stages_of(organization_id: int, pipeline_id: int) -> Any:
    return Stage.objects.for_membership(standing_in(organization_id)).filter(pipeline=pipeline_id).counted()


PIPELINES = Kept(lambda organization_id: Pipeline.objects.for_membership(standing_in(organization_id)))
STAGES, STAGES_OF = Kept(_stages_in_order), Kept(_stages_of)


class NarrowedDeals:
    """What the board and the table have in common: the same filters in the address, shown in the same way."""

    request: Any

    def narrow(self, deals: Any) -> Any:
        return deals.select_related("contact", "company", "owner")

    def filter_bar(self, filters: Any, *, apart: tuple[str, ...] = ()) -> dict[str, Any]:
        asked, by = self.request.GET, self.request.membership
        found = chips(filters, asked, apart=apart)
        stages = STAGES.rows(by.organization_id)
        spans = asked_spans(asked)
        in_form = ("status", "stage", "owner_id", *(name for span in spans for name, _, _ in span.ends))
        return {
            "filters": filters,
            "chips": found,
            "clear": without(asked, "search", *(chip.name for chip in found)),
            "kept_by_search": list(kept(asked, "search")),
            "kept_by_filter": list(kept(asked, *in_form)),
            "stages_asked": {stage.slug: stage.name for stage in stages}.items(),
            "stages": stages,
            "colleagues": User.objects.for_membership(by) if by.may(Power.FILTER_BY_OWNER) else None,
            "spans": spans,
        }


class BoardPage(NarrowedDeals, TenantPage):
    model = Deal
    page = "board"

    def get_template_names(self) -> list[str]:
        fragments = {MOVED: "deals/_moved.html", f"{MORE}-{self.continued}": "deals/_cards.html"}
        return [fragments.get(self.request.htmx.target, "deals/board.html")]

    @cached_property
    def continued(self) -> int | None:
        """The stage whose next cards are asked for."""
        return parse_id(self.request.GET.get("more", ""))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        filters = DealFilter(self.request.GET, self.get_queryset(), request=self.request)
        deals = self.listing(filters)
        pipelines = PIPELINES.rows(self.request.membership.organization_id)
        pipeline = self.pipeline(pipelines)
        columns = self.columns(deals, STAGES_OF.rows(self.request.membership.organization_id, pipeline.pk))
        today = self.request.membership.organization.today()
        return super().get_context_data(
            pipelines=pipelines,
            pipeline=pipeline,
            columns=columns,
            column=next((column for column in columns if column.stage.pk == self.continued), None),
            count=sum(column.count for column in columns),
            outcomes=outcomes.since(today.replace(day=1), filters, pipeline) if filters.is_valid() else {},
            today=today,
            moved=parse_id(self.request.GET.get("moved", "")),
            asks_for_closed=not set(CLOSED).isdisjoint(self.request.GET.getlist("status")),
            here_now=f"{self.request.path}{without(self.request.GET)}",
            **self.filter_bar(filters, apart=("pipeline_id",)),
            **more,
        )

    def pipeline(self, pipelines: list[Pipeline]) -> Pipeline:
        """The one that is asked for, else the default one, which stands first."""
        asked = parse_id(self.request.GET.get("pipeline_id", ""))
        return next((pipeline for pipeline in pipelines if pipeline.pk == asked), pipelines[0])

    def listing(self, filters: Any) -> Listing:
        """The open deals that the filters leave; none where they make no sense."""
        asked, view = self.request.GET.copy(), board.OpenDeals(self.request)
        if not filters.is_valid():
            return Listing(view, ways=(lambda deals: deals.none(),))
        for name in [name for name in asked if not asked[name]]:  # of several the last one counts, as in any form
            del asked[name]
        said = SimpleNamespace(query_params=asked, membership=self.request.membership)
        return AskedFilters().listing(said, view)

    def columns(self, deals: Listing, stages: list[Stage]) -> list[board.Column]:
        found = board.columns(deals.rows, stages)
        board.fill(found, deals)
        for column in found:
            if column.stage.pk == self.continued:
                board.continue_after(column, deals.rows, self.request.GET.get("after", ""))
        return found
