"""The pages of pipelines and their stages, among the settings."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from deals import actions
from deals.models import Deal
from deals.pipeline_forms import MoveDealsForm, PipelineForm, StageForm, StageRowForm
from deals.pipelines import Pipeline, Stage
from organizations.models import ExchangeRate, Membership
from organizations.tenancy.ids import parse_id
from organizations.tenancy.refusals import spoken
from organizations.tenancy.settings_pages import Button, SettingsPage, reasons_against
from organizations.tenancy.toasts import tell
from organizations.tenancy.views import (
    REFUSED,
    RecordPage,
    TenantCreatePage,
    TenantDeletePage,
    TenantEditPage,
)

STEPS = {"up": -1, "down": 1}


def pipelines_of(by: Membership) -> list[Any]:
    """All pipelines with their stages; each knows its `deal_count`, and a stage its `places` too."""
    counts = dict(Deal.objects.for_membership(by).order_by().values_list("stage").annotate(Count("id")))
    pipelines: list[Any] = list(Pipeline.objects.for_membership(by).prefetch_related("stages"))
    for pipeline in pipelines:
        stages = list(pipeline.stages.all())
        for stage in stages:
            stage.places, stage.deal_count = len(stages), counts.get(stage.pk, 0)
        pipeline.deal_count = sum(stage.deal_count for stage in stages)
    return pipelines


class OfPipelines:
    model = Pipeline
    form_class = PipelineForm


class PipelineListPage(SettingsPage):
    page = "list"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(pipelines=pipelines_of(self.request.membership), **more)


class PipelinePage(SettingsPage):
    """A pipeline with its stages, all of which one form changes; its arrows change first, then move."""

    page = "detail"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        pipelines, record = self.pipelines()
        forms = [StageRowForm(request.POST, instance=stage, by=request.membership) for stage in record.stages.all()]
        try:
            with transaction.atomic():
                if not all(list(map(StageRowForm.save_or_show, forms))):  # each says what is wrong with it
                    raise ValidationError(said_of_all(forms))
                self.move(record)
        except (ValidationError, PermissionDenied) as refusal:
            shown = {"pipelines": pipelines, "record": record, "forms": forms, "reasons": spoken(refusal)}
            return self.render_to_response(self.get_context_data(**shown), status=REFUSED)
        tell(request, _("Saved the stages of %(record)s") % {"record": record})
        return redirect(self.address("detail", pk=record.pk))

    def move(self, record: Pipeline) -> None:
        """One stage a place on, when an arrow was pressed."""
        stages = Stage.objects.for_membership(self.request.membership).filter(pipeline=record)
        for name, step in STEPS.items():
            if number := parse_id(self.request.POST.get(name, "")):
                stage = get_object_or_404(stages, pk=number)
                stage.position += step
                stage.save_by(self.request.membership)

    def pipelines(self) -> tuple[list[Any], Any]:
        """All of them, and the one that the address names."""
        pipelines = pipelines_of(self.request.membership)
        for pipeline in pipelines:
            if pipeline.pk == parse_id(str(self.kwargs["pk"])):
                return pipelines, pipeline
        raise Http404

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        if "record" not in more:
            pipelines, record = self.pipelines()
            forms = [StageRowForm(instance=stage, by=self.request.membership) for stage in record.stages.all()]
            more = {"pipelines": pipelines, "record": record, "forms": forms, **more}
        return super().get_context_data(**more)


def said_of_all(forms: list[StageRowForm]) -> list[str]:
    """What is wrong with rows as a whole, each sentence once; where there is nothing, it stands in the rows."""
    said = dict.fromkeys(str(sentence) for form in forms for sentence in form.non_field_errors())
    return list(said) or [_("Nothing is saved yet. Mend the marked stages.")]


class DefaultButton(Button, PipelinePage):
    def act(self, request: Any) -> HttpResponse:
        pipelines, pipeline = self.pipelines()
        before = next((other for other in pipelines if other.is_default), pipeline)
        pipeline.is_default = True
        pipeline.save_by(request.membership)
        undo = self.address("default", pk=before.pk) if before.pk != pipeline.pk else ""
        tell(request, _("New deals begin in %(record)s") % {"record": pipeline}, undo=undo)
        return redirect(self.address("detail", pk=pipeline.pk))


class PipelineCreatePage(OfPipelines, SettingsPage, TenantCreatePage):
    pass


class PipelineEditPage(OfPipelines, SettingsPage, TenantEditPage):
    pass


class PipelineDeletePage(OfPipelines, SettingsPage, TenantDeletePage):  # type: ignore[misc]
    pass


class StageAddPage(OfPipelines, SettingsPage, RecordPage, TenantCreatePage):
    page = "add_stage"

    def form(self, sent: Any = None) -> StageForm:
        by = self.request.membership
        return StageForm(sent, instance=Stage(organization=by.organization, pipeline=self.record()), by=by)

    def afterwards(self, record: Stage) -> str:
        return self.address("detail", pk=record.pipeline_id)


class StageDeletePage(SettingsPage, RecordPage):
    """Asks where the deals of the stage go, if it has any."""

    model = Stage
    page = "delete_stage"

    def narrow(self, stages: Any) -> Any:
        return stages.select_related("pipeline")

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        stage = self.record()
        return self.show(stage, reasons_against(lambda: stage.check_delete(request.membership)))

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        stage, sent = self.record(), request.POST
        form = MoveDealsForm(sent, stage=stage)
        if "move_to" in sent and not form.is_valid():
            return self.show(stage, form=form, status=REFUSED)
        move_to = form.cleaned_data["move_to"] if "move_to" in sent else None
        version = parse_id(sent.get("seen_version", ""))
        reasons = reasons_against(
            lambda: actions.delete_stage(stage, by=request.membership, move_to=move_to, if_version=version)
        )
        if reasons:
            return self.show(stage, reasons, form=form, status=REFUSED)
        tell(request, _("Deleted %(record)s") % {"record": stage})
        return redirect(self.address("detail", pk=stage.pipeline_id))

    def show(self, stage: Stage, reasons: Any = (), *, form: Any = None, **options: Any) -> HttpResponse:
        deals = Deal.objects.for_membership(self.request.membership).filter(stage=stage).count()
        asked = (form if form and form.errors else MoveDealsForm(stage=stage)) if deals else None
        context = self.get_context_data(record=stage, deal_count=deals, form=asked, reasons=reasons)
        return self.render_to_response(context, **options)


class MissingRatesPage(SettingsPage):
    """Which deals are left out of sums, for the page of currencies."""

    page = "missing_rates"
    fragments = {"missing-rates": "_missing_rates"}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        by = self.request.membership
        known = [by.organization.base_currency, *ExchangeRate.in_force(by)]
        deals = Deal.objects.for_membership(by).exclude(currency__in=known).order_by("currency")
        return super().get_context_data(missing=deals.values_list("currency").annotate(Count("id")), **more)
