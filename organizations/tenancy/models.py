"""What every row of an organization is: its own, owned by a member, or a setting of its administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from organizations.roles import Power
from organizations.tenancy.constraints import TenantForeignKey
from organizations.tenancy.refusals import Forbidden

if TYPE_CHECKING:
    from organizations.models import Membership


from organizations.tenancy.hall import Record


class TenantQuerySet(models.QuerySet):
    """Rows of many organizations; people see those of one."""

    place: int | None = None  # the organization that they are narrowed to

    def for_membership(self, membership: Membership) -> Self:
        """The rows of this member's organization: the only place that narrows to it."""
        return self._of(membership.organization_id)

    def count(self) -> int:
        """As always, but from what is kept where that can tell."""
        total = self.total() if self._result_cache is None else None
        return super().count() if total is None else sum(int(count) for (count,) in total)

    def total(self) -> Any:
        """A question of one column for how many there are, to what is kept; None where that cannot tell."""
        model: Any = self.model
        if not (model.is_counted and self.has_all()):
            return None
        totals = self.beside(apps.get_model("organizations", "RowTotal"))
        return added_up(totals.filter(kind=model._meta.db_table))

    def has_all(self) -> bool:
        """Whether these are all rows of the organization, not loaded yet: nothing but that narrows them."""
        query, conditions = self.query, self.query.where.children
        is_plain = not self.is_shaped and self._result_cache is None and self.place is not None
        joined = [table for alias, table in query.alias_map.items() if query.alias_refcount[alias]]
        is_whole = len(conditions) == 1 and self._is_place(conditions[0])
        return is_plain and is_whole and not any(map(_multiplies, joined))

    @property
    def is_shaped(self) -> bool:
        """Whether something makes other rows of them than those that the conditions leave."""
        query = self.query
        return bool(query.is_sliced or query.distinct or query.combinator or query.annotations or query.extra)

    def _is_place(self, condition: Any) -> bool:
        is_exact = isinstance(condition, Exact) and isinstance(condition.lhs, Col)
        return is_exact and condition.lhs.target.name == "organization" and condition.rhs == self.place

    def beside(self, model: type[TenantModel]) -> Any:
        """All rows of another model in the same organization; in all of them where this is narrowed to none."""
        return model.objects.all() if self.place is None else model.objects.all()._of(self.place)

    def _of(self, organization_id: int) -> Self:
        rows = self.filter(organization=organization_id)
        rows.place = organization_id
        return rows

    def _clone(self) -> Self:
        rows: Self = super()._clone()  # type: ignore[misc]
        rows.place = self.place
        return rows


def _multiplies(table: Any) -> bool:
    """Whether this table of a query may join several rows to one of the list's."""
    field = getattr(table, "join_field", None)
    return field is not None and not (field.many_to_one or field.one_to_one)


def added_up(totals: Any) -> Any:
    """Their counts, as the one column of one row; no row where there are none."""
    return totals.order_by().values("organization").annotate(total=models.Sum("count")).values_list("total")


class TenantModel(Record):
    """A record of one organization, strictly apart from those of the others."""

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.CASCADE, db_index=False, related_name="+"
    )  # each model has a composite index that begins with it

    objects = TenantQuerySet.as_manager()
    checked_with: tuple[str, ...] = ("organization",)
    is_counted = False  # whether the database keeps how many there are, for lists that are narrowed by nothing else

    class Meta:
        abstract = True

    def prepare(self, stored: Self | None, by: Membership | None) -> None:
        super().prepare(stored, by)
        if by and not self.loaded_neighbor("organization") and self.organization_id in (None, by.organization_id):
            self.organization = by.organization

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        self._refuse_stranger(by)
        if stored and stored.organization_id != self.organization_id:
            raise Forbidden(_("A record stays in its organization."), "wrong_organization")

    def check_delete(self, by: Membership | None) -> None:
        super().check_delete(by)
        self._refuse_stranger(by)

    def _refuse_stranger(self, by: Membership | None) -> None:
        if by and by.organization_id != self.organization_id:
            raise Forbidden(_("This record belongs to another organization."), "wrong_organization")

    @classmethod
    def counted(cls, count: int) -> str:
        """So many of these, as the reader says it."""
        return f"{count} {cls._meta.verbose_name if count == 1 else cls._meta.verbose_name_plural}"

    @classmethod
    def neighbor_rules(cls) -> list[TenantForeignKey]:
        return [rule for rule in cls._meta.constraints if isinstance(rule, TenantForeignKey)]


class OwnedModel(TenantModel):
    """A record that one member answers for: others change it only with a role that may."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        abstract = True

    def may_be_changed_by(self, by: Membership) -> bool:
        return by.may_change_records_of(self.owner_id)

    def prepare(self, stored: Self | None, by: Membership | None) -> None:
        super().prepare(stored, by)
        if self.owner_id is None and by:
            self.owner = by.user

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        if by is None:
            return
        if stored and not stored.may_be_changed_by(by):
            raise Forbidden(_("You may change only what you own."), "not_the_owner")
        if self.owner_id != (stored.owner_id if stored else by.user_id) and not by.may(Power.ASSIGN):
            raise Forbidden(_("Only a manager may name another owner."), "may_not_assign", "owner")

    def check_delete(self, by: Membership | None) -> None:
        super().check_delete(by)
        if by and not self.may_be_changed_by(by):
            raise Forbidden(_("You may delete only what you own."), "not_the_owner")


class AdministeredModel(TenantModel):
    """A setting of the organization: everybody reads it, its administrators write it."""

    class Meta:
        abstract = True

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        super().check_change(stored, by)
        self._refuse_unless_administrator(by)

    def check_delete(self, by: Membership | None) -> None:
        super().check_delete(by)
        self._refuse_unless_administrator(by)

    def _refuse_unless_administrator(self, by: Membership | None) -> None:
        if by and not by.may(Power.ADMINISTER):
            raise Forbidden(_("Only an owner or an admin may change this."), "administrators_only")
