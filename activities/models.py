"""The timeline: what happened to a deal, in order, never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deals.models import Deal
from organizations.tenancy.constraints import TenantForeignKey
from organizations.tenancy.fields import tidy
from organizations.tenancy.keyset import index_of
from organizations.tenancy.models import TenantModel
from organizations.tenancy.refusals import Forbidden

if TYPE_CHECKING:
    from organizations.models import Membership

COMMENT_LENGTH = 20_000


class Type(models.TextChoices):
    COMMENT = "comment", gettext_lazy("Comment")
    DEAL_CREATED = "deal_created", gettext_lazy("Deal created")
    STATUS_CHANGED = "status_changed", gettext_lazy("Status changed")
    STAGE_CHANGED = "stage_changed", gettext_lazy("Stage changed")
    AMOUNT_CHANGED = "amount_changed", gettext_lazy("Amount changed")
    OWNER_CHANGED = "owner_changed", gettext_lazy("Owner changed")
    TASK_CREATED = "task_created", gettext_lazy("Task created")
    TASK_DONE = "task_done", gettext_lazy("Task done")
    SYSTEM = "system", gettext_lazy("System")


class Activity(TenantModel):
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, db_index=False, related_name="activities")
    author = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    type = models.CharField(max_length=20, choices=Type.choices)
    payload = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "activities"
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["organization", "created_at", "id"], name="activity_by_created_at"),
            models.Index(fields=["deal", "created_at", "id"], name="activity_of_deal"),
            index_of("activity", "author", "organization", "created_at"),
            models.Index(fields=["organization", "type", "created_at", "id"], name="activity_of_type"),
        ]
        constraints = [TenantForeignKey(field="deal", name="activity_deal")]

    def __str__(self) -> str:
        return f"{self.get_type_display()} ({self.deal_id})"

    def prepare(self, stored: Self | None, by: Membership | None) -> None:
        super().prepare(stored, by)
        if stored is None and by:
            self.author = by.user

    def clean(self) -> None:
        super().clean()
        if self.type == Type.COMMENT:
            self.payload = {"text": self._comment_text()}

    def _comment_text(self) -> str:
        text = self.payload.get("text") if isinstance(self.payload, dict) else None
        if not isinstance(text, str) or set(self.payload) != {"text"}:
            raise self._payload_error('A comment\'s payload is {"text": "..."}.', "payload_invalid")
        try:
            text = tidy(text)
        except ValidationError as error:
            raise self._payload_error(str(error.message), error.code or "invalid") from error
        if not text:
            raise self._payload_error(_("Write a comment first."), "blank")
        if len(text) > COMMENT_LENGTH:
            raise self._payload_error(
                _("A comment has at most %(count)s characters.") % {"count": COMMENT_LENGTH}, "max_length"
            )
        return text

    def _payload_error(self, sentence: str, code: str) -> ValidationError:
        return ValidationError({"payload": ValidationError(sentence, code)})

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        if stored:
            raise Forbidden(_("The timeline is not edited."), "timeline_fixed")
        if by and self.type != Type.COMMENT:
            sentence = _("Only comments are written by people.")
            raise ValidationError({"type": ValidationError(sentence, "type_not_writable")})

    def check_delete(self, by: Membership | None) -> None:
        raise Forbidden(_("The timeline is not deleted."), "timeline_fixed")
