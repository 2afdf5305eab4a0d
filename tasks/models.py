"""What is to be done for a deal, by whom and until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from deals.models import Deal
from organizations.roles import Power
from organizations.tenancy import clock
from organizations.tenancy.constraints import Check, TenantForeignKey
from organizations.tenancy.fields import LongText, TextLine, fold
from organizations.tenancy.keyset import index_of, indexes_for
from organizations.tenancy.models import TenantModel, TenantQuerySet
from organizations.tenancy.refusals import Forbidden
from organizations.tenancy.seeking import found, is_written_in

if TYPE_CHECKING:
    from organizations.models import Membership


class When(models.TextChoices):
    """Where a task stands on a day."""

    OVERDUE = "overdue", gettext_lazy("Overdue")
    TODAY = "today", gettext_lazy("Today")
    UPCOMING = "upcoming", gettext_lazy("Upcoming")
    DONE = "done", gettext_lazy("Done")

    def on(self, today: date) -> models.Q:
        """The tasks that stand there; one without a date is always still to come."""
        return {
            When.OVERDUE: models.Q(is_done=False, due_date__lt=today),
            When.TODAY: models.Q(is_done=False, due_date=today),
            When.UPCOMING: models.Q(is_done=False) & (models.Q(due_date__gt=today) | models.Q(due_date=None)),
            When.DONE: models.Q(is_done=True),
        }[self]


class TaskQuerySet(TenantQuerySet):
    def open(self) -> Self:
        return self.filter(is_done=False)

    def search(self, words: str) -> Self:
        """Tasks with these words in their title, letter case and accents apart."""
        return found(self, words, lambda has: [is_written_in(words, has)])

    def by_due(self) -> Self:
        """What is due first comes first, what has no date last."""
        return self.order_by(models.F("due_date").asc(nulls_last=True), "pk")

    def next_of(self, deal: Any) -> Self:
        """The next step of a deal, which may be an `OuterRef`: its open task that is due first."""
        return self.open().filter(deal=deal).by_due()[:1]

    def count_by_when(self, today: date) -> dict[str, int]:
        counts = {when.value: models.Count("pk", filter=when.on(today)) for when in When}
        return self.order_by().aggregate(**counts)


class Task(TenantModel):
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, db_index=False, related_name="tasks")
    assignee = models.ForeignKey("organizations.User", on_delete=models.PROTECT, db_index=False, related_name="+")
    title = TextLine(max_length=200)
    description = LongText(max_length=5000, blank=True)
    due_date = models.DateField(null=True, blank=True)
    is_done = models.BooleanField("done", default=False)
    done_at = models.DateTimeField(null=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar = TaskQuerySet.as_manager()
    checked_with = ("organization", "deal")
    is_counted = True

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            *indexes_for("task", "created_at", "updated_at", "due_date", "title"),
            index_of("task", "deal", "created_at"),
            index_of("task", "assignee", "organization", "is_done", "due_date"),
            models.Index(fields=["deal"], condition=models.Q(is_done=False), name="open_task_of_deal"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organization", "id"], name="task_pair"),
            Check(
                name="done_task_has_date",
                condition=models.Q(is_done=True, done_at__isnull=False) | models.Q(is_done=False, done_at__isnull=True),
                field="is_done",
                violation_error_message=gettext_lazy("A task has a date of completion when it is done, and only then."),
                violation_error_code="done_at_mismatch",
            ),
            TenantForeignKey(field="deal", name="task_deal"),
            TenantForeignKey(field="assignee", name="task_assignee", to="organizations.Membership", to_field="user"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def counted(cls, count: int) -> str:
        return ngettext("%(count)d task", "%(count)d tasks", count) % {"count": count}

    def prepare(self, stored: Self | None, by: Membership | None) -> None:
        super().prepare(stored, by)
        if self.assignee_id is None and by:
            self.assignee = by.user
        self.done_at = (self.done_at or clock.now()) if self.is_done else None
        self.search_text = fold(self.title or "")

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        if by:
            self._refuse_beyond_role(stored, by)
        if self.due_date and self.due_date != (stored and stored.due_date):
            self._refuse_past(self.due_date)

    def _refuse_beyond_role(self, stored: Self | None, by: Membership) -> None:
        if stored and not stored.may_be_changed_by(by):
            raise Forbidden(_("You may change only tasks of yours or on your deals."), "not_the_assignee")
        if stored is None or stored.deal_id != self.deal_id:
            self._refuse_foreign_deal(by)
        if self.assignee_id != (stored.assignee_id if stored else by.user_id) and not by.may(Power.ASSIGN):
            raise Forbidden(_("Only a manager may name another assignee."), "may_not_assign", "assignee")

    def _refuse_foreign_deal(self, by: Membership) -> None:
        if self.deal_id and not self.may_be_added_to(self.deal, by):
            raise Forbidden(_("You may add tasks only to your own deals."), "not_the_owner", "deal")

    @staticmethod
    def may_be_added_to(deal: Deal, by: Membership) -> bool:
        return by.may_change_records_of(deal.owner_id)

    def _refuse_past(self, due_date: date) -> None:
        if self.organization_id and due_date < self.organization.today():
            raise ValidationError({"due_date": ValidationError(_("Choose today or a later day."), "due_date_past")})

    def check_delete(self, by: Membership | None) -> None:
        super().check_delete(by)
        if by and not self.may_be_changed_by(by):
            raise Forbidden(_("You may delete only tasks of yours or on your deals."), "not_the_assignee")

    def may_be_changed_by(self, by: Membership) -> bool:
        return self.assignee_id == by.user_id or by.may_change_records_of(self.deal.owner_id)
