"""Who people are and where they stand: users, organizations, memberships, invitations, exchange rates."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.audit import AuditEntry, Departure  # noqa: F401 as models of this app
from organizations.roles import POWERS, Power, Role
from organizations.row_totals import RowTotal  # noqa: F401 as a model of this app
from organizations.tenancy import clock
from organizations.tenancy.constraints import Check, Unique
from organizations.tenancy.fields import CurrencyField, TextLine
from organizations.tenancy.hall import Record
from organizations.tenancy.keyset import indexes_for
from organizations.tenancy.models import AdministeredModel, TenantModel
from organizations.tenancy.refusals import Conflict, Forbidden, Gone
from organizations.time_zones import validate_time_zone
from organizations.users import LowerEmail, User


class Organization(Record):
    name = TextLine(max_length=200)
    slug = models.SlugField(max_length=60)
    base_currency = CurrencyField(default="EUR")
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])

    checked_with = ()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            Unique(
                fields=["slug"],
                name="organization_slug_unique",
                violation_error_message=gettext_lazy("Another organization has this short name."),
                violation_error_code="slug_taken",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def today(self) -> date:
        return clock.now().astimezone(ZoneInfo(self.time_zone)).date()

    def queue(self) -> Organization:
        """Wait for every other change that looks at several rows of this organization; the row as it is then."""
        try:
            return Organization.objects.select_for_update().get(pk=self.pk)
        except Organization.DoesNotExist as error:
            raise Gone from error

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        if by and not (by.organization_id == self.pk and by.may(Power.ADMINISTER)):
            raise Forbidden(_("Only an owner or an admin may change the organization."), "administrators_only")
        if stored and stored.base_currency != self.base_currency and self.rates.exists():
            raise ValidationError(
                {"base_currency": ValidationError(_("Delete the exchange rates to the old one first."), "rates_exist")}
            )

    def check_delete(self, by: Membership | None) -> None:
        super().check_delete(by)
        if by and not (by.organization_id == self.pk and by.may(Power.OWN)):
            raise Forbidden(_("Only an owner may delete the organization."), "owners_only")


class Membership(TenantModel):
    """A user's place in an organization. Whoever acts on records acts as one: the `by` of every change."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)

    class Meta:
        ordering = ["id"]
        constraints = [
            Unique(
                fields=["organization", "user"],
                name="membership_unique",
                violation_error_message=gettext_lazy("This person is a member already."),
                violation_error_code="already_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    def may(self, power: Power) -> bool:
        return power in POWERS[self.role]

    def may_change_records_of(self, user_id: int | None) -> bool:
        return user_id == self.user_id or self.may(Power.CHANGE_ANY)

    def may_be_changed_by(self, by: Membership) -> bool:
        """Whether this place is in their hands; that of an owner only in an owner's."""
        return by.may(Power.OWN if self.role == Role.OWNER else Power.ADMINISTER)

    def empowered(self) -> Membership:
        """The same person with every power, for what the organization does in their name."""
        double = copy.copy(self)
        double.role = Role.OWNER
        return double

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        if by and not by.may(Power.ADMINISTER):
            raise Forbidden(_("Only an owner or an admin may change members."), "administrators_only")
        before = stored.role if stored else self.role
        if by and Role.OWNER in (before, self.role) and not by.may(Power.OWN):
            raise Forbidden(_("Only an owner may make or unmake an owner."), "owners_only", "role")
        if before == Role.OWNER != self.role:
            self._refuse_last_owner()

    def check_delete(self, by: Membership | None) -> None:
        super().check_delete(by)
        if by and by.user_id != self.user_id:
            if not by.may(Power.ADMINISTER):
                raise Forbidden(_("Only an owner or an admin may remove members."), "administrators_only")
            if self.role == Role.OWNER and not by.may(Power.OWN):
                raise Forbidden(_("Only an owner may remove an owner."), "owners_only")
        if self.role == Role.OWNER:
            self._refuse_last_owner()

    def _refuse_last_owner(self) -> None:
        self.organization.queue()
        owners = Membership.objects.filter(organization=self.organization_id, role=Role.OWNER, user__is_active=True)
        if not owners.exclude(pk=self.pk).exists():
            raise Conflict(_("An organization needs an owner: make somebody else one first."), "last_owner")


class Invitation(AdministeredModel):
    """A place offered to an e-mail address for seven days; its token is known only to whom it was shown."""

    email = LowerEmail("e-mail")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    expires_at = models.DateTimeField(editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["id"]
        indexes = indexes_for("invitation", "created_at")

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()

    @property
    def days_left(self) -> int:
        """Days until it expires, the last one counted whole."""
        return -((timezone.now() - self.expires_at) // timedelta(days=1))

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        if by and self.role == Role.OWNER and not by.may(Power.OWN):
            raise Forbidden(_("Only an owner may invite an owner."), "owners_only", "role")
        members = Membership.objects.filter(organization=self.organization_id, user__email=self.email)
        if stored is None and members.exists():
            raise Conflict(_("This person is a member already."), "already_member", "email")

    def check_delete(self, by: Membership | None) -> None:
        super().check_delete(by)
        if self.accepted_at:
            raise Conflict(_("This invitation was accepted. Remove the member instead."), "invitation_accepted")


class ExchangeRate(AdministeredModel):
    """What one unit of a currency is worth in the organization's base currency, from a day on.

    A rate has at most 15 digits: so many are exact in every database.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, db_index=False, related_name="rates")
    currency = CurrencyField()
    rate = models.DecimalField(max_digits=15, decimal_places=8, help_text="In the base currency.")
    valid_from = models.DateField()

    class Meta:
        ordering = ["currency", "-valid_from"]
        constraints = [
            Check(
                name="exchange_rate_above_zero",
                condition=models.Q(rate__gt=0),
                field="rate",
                violation_error_message=gettext_lazy("A rate is above zero."),
                violation_error_code="rate_not_positive",
            ),
            Unique(
                fields=["organization", "currency", "valid_from"],
                name="exchange_rate_unique",
                violation_error_message=gettext_lazy("There is a rate of this currency for this day already."),
                violation_error_code="rate_taken",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.valid_from}"

    @classmethod
    def in_force(cls, by: Membership) -> dict[str, date]:
        """Since when the rate of each currency is valid that is used today."""
        valid = cls.objects.for_membership(by).filter(valid_from__lte=by.organization.today())
        return dict(valid.order_by().values_list("currency").annotate(models.Max("valid_from")))

    def prepare(self, stored: Self | None, by: Membership | None) -> None:
        super().prepare(stored, by)
        if self.valid_from is None and self.organization_id:
            self.valid_from = self.organization.today()

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        if self.currency == self.organization.queue().base_currency:
            raise ValidationError({"currency": ValidationError(_("The base currency has no rate."), "base_currency")})
