"""The page that moves a deal: to another stage, into another pipeline, to its end and back."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from deals.forms import MoveForm
from deals.models import Deal, Status
from deals.pipelines import Pipeline, Stage
from organizations.tenancy.addresses import local_path
from organizations.tenancy.toasts import tell
from organizations.tenancy.views import REFUSED, RecordPage, TenantCreatePage


class MovePage(RecordPage, TenantCreatePage):
    """Without script it asks where to; the board posts what was dropped, and shows what is missing."""

    model = Deal
    page = "move"
    fragments = {"move-sheet": "_move_sheet"}

    def narrow(self, deals: Any) -> Any:
        return deals.select_related("contact", "owner", "stage")

    def form(self, sent: Any = None) -> MoveForm:
        asked = {name: self.request.GET[name] for name in ("status",) if name in self.request.GET}
        return MoveForm(sent, instance=self.record(), initial=asked, by=self.request.membership)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        before = form.instance.snapshot()
        if not form.save_or_show():
            return self.show(form, status=REFUSED)
        self.tell(before, form.instance)
        return redirect(self.next or self.address("detail", pk=form.instance.pk))

    def show(self, form: Any, **options: Any) -> HttpResponse:
        record = self.record()
        may_change = record.may_be_changed_by(self.request.membership)
        context = self.get_context_data(form=form, record=record, may_change=may_change, next=self.next)
        return self.render_to_response({**context, **self.ways(record)}, **options)

    def ways(self, deal: Deal) -> dict[str, Any]:
        """Each place that the deal can go to, and whether this reader may send it there."""
        by = self.request.membership
        pipelines = Pipeline.objects.for_membership(by).prefetch_related(Prefetch("stages", Stage.objects.counted()))
        places = {pipeline.pk: deal.stage.in_pipeline(pipeline) for pipeline in pipelines}
        own = next(pipeline for pipeline in pipelines if pipeline.pk == deal.stage.pipeline_id)
        others = [place for pk, place in places.items() if place and pk != own.pk]
        return {
            "stages": [(stage, deal.may_go_to(stage, by)) for stage in own.stages.all()],
            "elsewhere": [(stage, deal.may_go_to(stage, by)) for stage in others],
        }

    def tell(self, before: Deal, deal: Deal) -> None:
        """With the way back, where the one who moved may go it."""
        fields = {"stage": "stage_id", "status": "status", "amount": "amount", "lost_reason": "lost_reason"}
        changed = [name for name, column in fields.items() if getattr(before, column) != getattr(deal, column)]
        if not changed:
            return
        back = {name: getattr(before, fields[name]) for name in changed}
        back |= {"seen_version": deal.version, "next": self.next}
        may_go_back = deal.may_go_to(before.stage, self.request.membership)
        undo = self.address("move", pk=deal.pk) if may_go_back else ""
        tell(self.request, _what_happened(before, deal), undo=undo, **back)

    @property
    def next(self) -> str:
        return local_path(self.request.POST.get("next", self.request.GET.get("next", "")))


def _what_happened(before: Deal, deal: Deal) -> str:
    words = {"deal": deal, "stage": deal.stage}
    if before.status == deal.status or (deal.status == Status.IN_PROGRESS and not before.is_closed):
        return _("Moved %(deal)s to %(stage)s") % words
    if deal.status == Status.WON:
        return _("Marked %(deal)s as won") % words
    if deal.status == Status.LOST:
        return _("Marked %(deal)s as lost") % words
    return _("Reopened %(deal)s") % words
