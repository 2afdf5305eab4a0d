"""The page of the reports."""

from typing import Any

from django.db.models import Prefetch

from analytics import figures
from analytics.figures.conversion import Figures
from analytics.forms import ReportForm
from analytics.keeping import kept
from analytics.periods import Named, month_of
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from organizations.models import User
from organizations.tenancy.views import TenantPage


class OverviewPage(TenantPage):
    """Figures of a period, each with a way to the deals behind it."""

    model = Deal
    page = "overview"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        by = self.request.membership
        stages = Prefetch("stages", Stage.objects.counted())
        pipelines = list(Pipeline.objects.for_membership(by).prefetch_related(stages))
        people = {user.pk: user for user in User.objects.for_membership(by).order_by("name", "pk")}
        form = ReportForm(self.request.GET, by=by, pipelines=pipelines, colleagues=list(people.values()))
        if form.is_valid():
            more |= self._report(form, {pipeline.pk: pipeline for pipeline in pipelines}, people)
        return super().get_context_data(form=form, periods=Named, **more)

    def _report(self, form: ReportForm, pipelines: dict[int, Pipeline], people: dict[int, User]) -> dict[str, Any]:
        scope, period = form.scope, form.period
        pipeline = pipelines.get(scope.pipeline_id or 0)
        stages = {stage.pk: stage for stage in pipeline.stages.all()} if pipeline else {}
        report: Figures = kept(
            scope.by,
            "report",
            period.first,
            period.last,
            period.step,
            scope.pipeline_id,
            scope.owner_id,
            build=lambda: figures.report(scope, period, list(stages.values())),
        )
        return {
            "scope": scope,
            "period": period,
            "report": report,
            "pipeline": pipeline,
            "owner": people.get(scope.owner_id or 0),
            "stages": [{**figure, "stage": stages[figure["id"]]} for figure in report["stages"]],
            "owners": [{**figure, "owner": people.get(figure["owner_id"])} for figure in report["owners"]],
            "year": period.year_to(),
            "has_before": any(figure["before"]["count"] for figure in report["months"]),
            "months": [_with_days(figure) for figure in report["months"]],
            "is_new": is_empty(report) and not self.get_queryset().exists(),
        }


def _with_days(figure: Figures) -> Figures:
    before = {**figure["before"], "days": month_of(figure["before"]["month"])}
    return {**figure, "days": month_of(figure["month"]), "before": before}


def is_empty(report: Figures) -> bool:
    """Whether it is worth asking if the organization has deals at all."""
    return not (report["open"]["count"] or report["this"]["closed"] or report["this"]["new"])
