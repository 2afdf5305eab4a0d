"""Pipelines and stages as administrators write them down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deals import actions
from deals.pipelines import Pipeline, Stage
from organizations.tenancy.forms import TenantForm


class PipelineForm(TenantForm):
    class Meta:
        model = Pipeline
        fields = ["name"]
        labels = {"name": _("Name")}

    def save(self, commit: bool = True) -> Any:
        if self.by and self.instance._state.adding:
            self.instance = actions.add_pipeline(name=self.cleaned_data["name"], by=self.by)
            return self.instance
        return super().save(commit)


class StageForm(TenantForm):
    optional = ("slug",)

    class Meta:
        model = Stage
        fields = ["name", "slug", "probability", "expected_days"]
        labels = {
            "name": _("Name"),
            "slug": _("Short name"),
            "probability": _("Probability, percent"),
            "expected_days": _("Days until too long"),
        }
        help_texts = {
            "slug": _("For programs and imports. Made of the name when you leave it empty."),
            "probability": _("Of winning a deal in this stage."),
            "expected_days": _("A deal that stays longer is shown as slow."),
        }


class StageRowForm(StageForm):
    """A stage among the others of its pipeline, where the name of each field is not seen."""

    NAMES = {
        "name": _("Name of %(stage)s"),
        "slug": _("Short name of %(stage)s"),
        "probability": _("Probability of %(stage)s, percent"),
        "expected_days": _("Limit of %(stage)s, days"),
    }

    def __init__(self, sent: Any = None, *, instance: Stage, by: Any):
        super().__init__(sent, instance=instance, by=by, prefix=f"stage-{instance.pk}")
        for name, label in self.NAMES.items():
            field = self.fields[name]
            field.widget.attrs["class"] = "input"
            field.widget.attrs["aria-label"] = label % {"stage": instance.name}
            field.help_text = ""


class MoveDealsForm(forms.Form):
    move_to = forms.ModelChoiceField(Stage.objects.none(), label=_("Move its deals to"), empty_label=None)

    def __init__(self, sent: Any = None, *, stage: Stage):
        super().__init__(sent, initial={"move_to": neighbor(stage)})
        choice: Any = self.fields["move_to"]
        choice.queryset = stage.siblings()


def neighbor(stage: Stage) -> Stage | None:
    """The stage before, or the one after the first."""
    siblings = list(stage.siblings())
    return next((other for other in reversed(siblings) if other.position < stage.position), next(iter(siblings), None))
