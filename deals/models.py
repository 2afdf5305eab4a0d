"""Deals, and every move that they made through the stages of their pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contacts.models import Company, Contact, external_id_unique
from deals.patience import Stay, stay_since
from deals.pipelines import Stage
from deals.queries import DealQuerySet
from organizations.roles import Power
from organizations.tenancy import clock
from organizations.tenancy.constraints import Check, TenantForeignKey
from organizations.tenancy.fields import CurrencyField, LongText, MoneyField, TextLine, fold
from organizations.tenancy.keyset import index_of, indexes_for
from organizations.tenancy.models import OwnedModel, TenantModel
from organizations.tenancy.refusals import Forbidden

if TYPE_CHECKING:
    from organizations.models import Membership


class Status(models.TextChoices):
    NEW = "new", gettext_lazy("New")
    IN_PROGRESS = "in_progress", gettext_lazy("In progress")
    WON = "won", gettext_lazy("Won")
    LOST = "lost", gettext_lazy("Lost")


CLOSED = (Status.WON, Status.LOST)


class Deal(OwnedModel):
    external_id = TextLine(max_length=200, null=True, blank=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="deals")
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="deals"
    )
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, db_index=False, related_name="deals")
    title = TextLine(max_length=200)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NEW)
    amount = MoneyField(default=0)
    currency = CurrencyField()
    expected_close_date = models.DateField(null=True, blank=True)
    lost_reason = LongText(max_length=1000, blank=True)
    stage_entered_at = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar = DealQuerySet.as_manager()
    checked_with = ("organization", "stage")

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            *indexes_for("deal", "created_at", "updated_at", "amount", "title", "expected_close_date"),
            *indexes_for("deal", "stage_entered_at"),
            *(index_of("deal", neighbor, "created_at") for neighbor in ("contact", "company", "stage")),
            index_of("deal", "owner", "organization", "created_at"),
            models.Index(fields=["owner", "organization", "closed_at"], name="deal_of_owner_by_closing"),
            models.Index(fields=["organization", "status", "created_at", "id"], name="deal_of_status"),
            models.Index(
                fields=["stage", "stage_entered_at", "id"],
                condition=models.Q(closed_at=None),
                name="open_deal_of_stage",
            ),
            models.Index(  # with all that a count of what was won and lost lately looks at
                fields=["organization", "closed_at", "status", "stage"],
                condition=models.Q(closed_at__isnull=False),
                name="closed_deal",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organization", "id"], name="deal_pair"),
            external_id_unique("deal_external_id_unique"),
            Check(
                name="won_deal_has_amount",
                condition=~models.Q(status=Status.WON) | models.Q(amount__gt=0),
                field="amount",
                violation_error_message=gettext_lazy("A won deal needs an amount above zero."),
                violation_error_code="amount_required",
            ),
            Check(
                name="deal_amount_not_negative",
                condition=models.Q(amount__gte=0),
                field="amount",
                violation_error_message=gettext_lazy("An amount is not below zero."),
                violation_error_code="amount_negative",
            ),
            Check(
                name="closed_deal_has_date",
                condition=models.Q(status__in=CLOSED, closed_at__isnull=False)
                | models.Q(closed_at__isnull=True) & ~models.Q(status__in=CLOSED),
                field="status",
                violation_error_message=gettext_lazy(
                    "A deal has a closing date when it is won or lost, and only then."
                ),
                violation_error_code="closed_at_mismatch",
            ),
            TenantForeignKey(field="contact", name="deal_contact"),
            TenantForeignKey(field="company", name="deal_company"),
            TenantForeignKey(field="stage", name="deal_stage"),
            TenantForeignKey(field="owner", name="deal_owner", to="organizations.Membership", to_field="user"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def counted(cls, count: int) -> str:
        return ngettext("%(count)d deal", "%(count)d deals", count) % {"count": count}

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def is_lost(self) -> bool:
        return self.status == Status.LOST

    def stay(self, today: date, time_zone: str) -> Stay:
        """Its days in this stage until this day, as the calendar of this zone counts them."""
        return stay_since(self.stage_entered_at, None if self.is_closed else self.stage.expected_days, today, time_zone)

    def prepare(self, stored: Self | None, by: Membership | None) -> None:
        super().prepare(stored, by)
        if self.organization_id:
            self._fill_defaults()
        if stored is None and self.company_id is None:
            self._take_company_of(self.loaded_neighbor("contact"))
        self._date_the_move(stored)
        self._date_the_close(stored)
        self.search_text = fold(self.title or "")

    def _take_company_of(self, contact: Contact | None) -> None:
        if contact and contact.loaded_neighbor("company"):
            self.company = contact.company
        elif contact:
            self.company_id = contact.company_id

    def _fill_defaults(self) -> None:
        self.currency = self.currency or self.organization.base_currency
        if self.stage_id is None:
            self.stage = Stage.first_of(self.organization_id)

    @classmethod
    def look_ahead(cls, deals: Sequence[Self]) -> None:
        """The companies of the contacts, and the first stage for the deals that have none yet."""
        models.prefetch_related_objects([deal for deal in deals if deal.loaded_neighbor("contact")], "contact__company")
        stageless = [deal for deal in deals if deal.stage_id is None and deal.organization_id]
        firsts: dict[Any, Any] = {
            number: Stage.first_of(number) for number in {deal.organization_id for deal in stageless}
        }
        for deal in stageless:
            deal.stage = firsts[deal.organization_id]

    def clean(self) -> None:
        super().clean()
        if self.organization_id and self.stage_id is None:
            sentence = _("The default pipeline has no stages yet. Add one first.")
            raise ValidationError({"stage": ValidationError(sentence, "no_stages")})

    def _date_the_move(self, stored: Self | None) -> None:
        if stored is None:
            self.stage_entered_at = self.stage_entered_at or self.created_at
        elif self.stage_id != stored.stage_id and self.stage_entered_at == stored.stage_entered_at:
            self.stage_entered_at = clock.now()

    def _date_the_close(self, stored: Self | None) -> None:
        if not self.is_closed:
            self.closed_at = None
        elif stored is None or self.closed_at is None:
            self.closed_at = self.closed_at or clock.now()
        elif self.status != stored.status and self.closed_at == stored.closed_at:
            self.closed_at = clock.now()

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        if stored and by and not stored.may_go_to(self.stage, by):
            raise Forbidden(_("Only an owner or an admin may move a deal back."), "stage_rollback", "stage")

    def may_go_to(self, stage: Stage, by: Membership) -> bool:
        """Not back for everybody, also not into another pipeline, which would else be a way around."""
        goes_back = stage.pk != self.stage_id and stage.position < self.stage.position
        return not goes_back or by.may(Power.MOVE_BACK)


class StageChange(TenantModel):
    """One move of a deal, from nowhere when it was created. The rows that the honest funnel is counted from."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, db_index=False, related_name="stage_changes")
    from_stage = models.ForeignKey(Stage, on_delete=models.SET_NULL, null=True, related_name="+")
    to_stage = models.ForeignKey(Stage, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("organizations.User", on_delete=models.PROTECT, null=True, related_name="+")
    seconds_before = models.PositiveBigIntegerField(null=True, help_text="How long the deal stood in the stage before.")

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            index_of("stage_change", "deal", "at"),
            models.Index(fields=["organization", "to_stage", "deal"], name="stage_change_reached"),
        ]
        constraints = [
            TenantForeignKey(field="deal", name="stage_change_deal"),
            TenantForeignKey(field="from_stage", name="stage_change_from_stage"),
            TenantForeignKey(field="to_stage", name="stage_change_to_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.from_stage_id} → {self.to_stage_id}"

    def check_change(self, stored: Any, by: Membership | None) -> None:
        raise Forbidden(_("History writes itself."), "history")

    def check_delete(self, by: Membership | None) -> None:
        raise Forbidden(_("History is not deleted."), "history")

    @classmethod
    def of(cls, deal: Deal, stored: Deal | None, by: Membership | None) -> list[StageChange]:
        """The row that this change of a deal leaves behind; none where it stays in its stage."""
        if stored and stored.stage_id == deal.stage_id:
            return []
        before = (deal.stage_entered_at - stored.stage_entered_at).total_seconds() if stored else None
        return [
            cls(
                organization_id=deal.organization_id,
                deal=deal,
                from_stage_id=stored.stage_id if stored else None,
                to_stage_id=deal.stage_id,
                at=deal.stage_entered_at,
                by_id=by.user_id if by else None,
                seconds_before=None if before is None else max(0, int(before)),
            )
        ]
