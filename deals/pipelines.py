"""Pipelines and their stages: the way that an organization's deals go."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.short_names import short_name
from organizations.tenancy.bulk import save_all_by
from organizations.tenancy.constraints import TenantForeignKey, Unique
from organizations.tenancy.fields import TextLine
from organizations.tenancy.memory import OneRow
from organizations.tenancy.models import AdministeredModel, TenantQuerySet
from organizations.tenancy.refusals import Conflict

if TYPE_CHECKING:
    from organizations.models import Membership


LARGEST_POSITION = 1000


class Pipeline(AdministeredModel):
    name = TextLine(max_length=100)
    is_default = models.BooleanField("default", default=False)

    class Meta:
        ordering = ["-is_default", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "id"], name="pipeline_pair"),
            Unique(
                fields=["organization", "name"],
                name="pipeline_name_unique",
                violation_error_message=gettext_lazy("Another pipeline has this name."),
                violation_error_code="pipeline_name_taken",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        if self.is_default and not (stored and stored.is_default):
            self.organization.queue()
            self._refuse_empty_default()
        if stored and stored.is_default and not self.is_default and not self._other_defaults().exists():
            sentence = _("Make another pipeline the default instead.")
            raise ValidationError({"is_default": ValidationError(sentence, "default_needed")})

    def _refuse_empty_default(self) -> None:
        """New deals begin in the default pipeline; only an organization that has none yet begins with an empty one."""
        is_empty = self._state.adding or not self.stages.exists()
        if is_empty and self._other_defaults().exists():
            sentence = _("Give this pipeline a stage first: new deals begin in the default one.")
            raise ValidationError({"is_default": ValidationError(sentence, "pipeline_empty")})

    def check_delete(self, by: Membership | None) -> None:
        super().check_delete(by)
        if self.is_default:
            raise Conflict(_("The default pipeline stays. Make another one the default first."), "default_pipeline")

    def after_change(self, stored: Self | None, by: Membership | None) -> None:
        """There is one default pipeline: the one that became it last."""
        super().after_change(stored, by)
        if self.is_default and not (stored and stored.is_default):
            earlier = list(self._other_defaults())
            for pipeline in earlier:
                pipeline.is_default = False
            save_all_by(earlier, by)

    def _other_defaults(self) -> models.QuerySet[Pipeline]:
        pipelines = Pipeline.objects.filter(organization=self.organization_id, is_default=True)
        return pipelines.exclude(pk=self.pk)


class StageQuerySet(TenantQuerySet):
    def counted(self) -> Self:
        """With `places`, how many stages their pipeline has; in order, which Django forgets where it counts."""
        return self.annotate(places=models.Count("pipeline__stages")).order_by("position", "id")


class Stage(AdministeredModel):
    pipeline = models.ForeignKey(Pipeline, on_delete=models.CASCADE, related_name="stages")
    slug = models.SlugField(max_length=60)
    name = TextLine(max_length=100)
    position = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(LARGEST_POSITION)], help_text="1 for the first."
    )
    probability = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(100)], help_text="Of winning a deal in this stage, in percent."
    )
    expected_days = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(3650)], help_text="After them a deal is here too long."
    )

    objects: ClassVar = StageQuerySet.as_manager()
    places: int
    makes_room = False  # for a stage that was put elsewhere, which sees to the order of all

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "id"], name="stage_pair"),
            Unique(
                fields=["pipeline", "slug"],
                name="stage_slug_unique",
                violation_error_message=gettext_lazy("Another stage of this pipeline has this short name."),
                violation_error_code="stage_slug_taken",
            ),
            TenantForeignKey(field="pipeline", name="stage_pipeline"),
        ]

    def __str__(self) -> str:
        return self.name

    def prepare(self, stored: Self | None, by: Membership | None) -> None:
        super().prepare(stored, by)
        if self.organization_id is None and self.pipeline_id:
            self.organization_id = self.pipeline.organization_id
        self.slug = self.slug or short_name(self.name or "")
        if self.pipeline_id and self._was_put(stored):
            self.position = self._place(self.siblings().count() + 1)

    def _was_put(self, stored: Self | None) -> bool:
        return not self.makes_room and (stored is None or stored.position != self.position)

    def _place(self, last: int) -> int:
        """Behind the others at the furthest; what is no position at all is left to the checks."""
        if self.position is None:
            return last
        return last if last < self.position <= LARGEST_POSITION else self.position

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        if stored and stored.pipeline_id != self.pipeline_id:
            raise ValidationError({"pipeline": ValidationError(_("A stage stays in its pipeline."), "pipeline_fixed")})

    def check_delete(self, by: Membership | None) -> None:
        super().check_delete(by)
        if not self.siblings().exists():
            raise Conflict(_("The last stage of a pipeline stays."), "last_stage")

    def after_change(self, stored: Self | None, by: Membership | None) -> None:
        """The other stages make room."""
        super().after_change(stored, by)
        if self._was_put(stored):
            stages = list(self.siblings())
            stages.insert(self.position - 1, self)
            self._number(stages, by)

    def after_delete(self, by: Membership | None) -> None:
        """The other stages close ranks."""
        super().after_delete(by)
        self._number(list(self.siblings()), by)

    def _number(self, stages: list[Stage], by: Membership | None) -> None:
        """Positions go from 1 without a gap."""
        moved = [(place, stage) for place, stage in enumerate(stages, 1) if stage.position != place]
        for place, stage in moved:
            stage.position, stage.makes_room = place, True
        save_all_by([stage for _, stage in moved], by)

    def lock_stored(self, if_version: int | None = None) -> Self | None:
        """The stages of a pipeline are changed one after the other: their order belongs to all of them."""
        Pipeline.objects.select_for_update().filter(pk=self.pipeline_id).first()
        return super().lock_stored(if_version)

    @classmethod
    def line_up(cls, one: OneRow) -> None:
        list(Pipeline.objects.select_for_update(of=("self",)).filter(stages__in=one.rows.order_by()).order_by())

    def siblings(self) -> models.QuerySet[Stage]:
        return Stage.objects.filter(pipeline=self.pipeline_id).exclude(pk=self.pk)

    def in_pipeline(self, pipeline: Pipeline) -> Stage | None:
        """Where a deal of this stage goes in another pipeline: the stage of the same short name, else the first."""
        stages = list(pipeline.stages.all())
        return next((stage for stage in stages if stage.slug == self.slug), stages[0] if stages else None)

    @classmethod
    def first_of(cls, organization_id: int) -> Stage | None:
        """Where a deal begins: the first stage of the default pipeline."""
        stages = cls.objects.filter(organization=organization_id, pipeline__is_default=True)
        return stages.select_related("pipeline").first()
