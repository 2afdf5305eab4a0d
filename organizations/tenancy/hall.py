"""The hall: every change of a record, by any door, is a `save_by`, `change_by` or `delete_by` of this file."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.tenancy import clock
from organizations.tenancy.examination import examine
from organizations.tenancy.integrity import refused_in_our_words
from organizations.tenancy.memory import OneRow, Remembering, hold
from organizations.tenancy.refusals import Conflict, Gone, StaleVersion, spoken
from organizations.tenancy.signals import announce, record_deleted, record_saved, write

if TYPE_CHECKING:
    from organizations.models import Membership


class Record(Remembering):
    """A row that people change: it has a version, and keeps its rules at every door."""

    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    checked_with: tuple[str, ...] = ()  # neighbors that the checks of many changes look at

    # What a model says of itself

    def prepare(self, stored: Self | None, by: Membership | None) -> None:
        """Fill in what follows from the rest: defaults, dates of a change, search text. Runs before the checks."""
        for field in self._meta.concrete_fields:
            if not field.is_relation:
                self._spell(field)

    def _spell(self, field: models.Field) -> None:
        """One spelling for one value, so that only a change counts as one; the checks refuse what has none."""
        with suppress(ValidationError):
            value = field.to_python(getattr(self, field.attname))
            setattr(self, field.attname, None if field.null and value == "" else value)

    @classmethod
    def look_ahead(cls, records: Sequence[Self]) -> None:
        """Load for many records at once what `prepare` would look up for each of them."""

    def check_change(self, stored: Self | None, by: Membership | None) -> None:
        """Refuse what depends on the row before (`stored`, None for a new one) or on who acts (None: a command)."""

    def check_delete(self, by: Membership | None) -> None:
        """Refuse a deletion that depends on who acts, or on neighbors that the schema does not know."""

    def after_change(self, stored: Self | None, by: Membership | None) -> None:
        """Bring along the neighbors that this change moves, in the same transaction."""

    def after_delete(self, by: Membership | None) -> None:
        """Bring along the neighbors that this deletion moves, in the same transaction."""

    def reason_against(self, by: Membership, **changes: Any) -> str:
        """Why this member may not change this record so (or at all), for pages that offer it; empty where they may."""
        double = copy.copy(self)
        for name, value in changes.items():
            setattr(double, name, value)
        try:
            double.check_change(self, by)
        except (ValidationError, PermissionDenied) as refusal:
            return spoken(refusal)[0]
        return ""

    # The hall

    def save_by(self, by: Membership | None, *, if_version: int | None = None) -> Self:
        """Save this record as this member (None: a command), or refuse and change nothing.

        Raises ValidationError, PermissionDenied, Conflict, or StaleVersion when `if_version` is not the stored one.
        """
        with refused_in_our_words([self]), transaction.atomic():
            self._save_locked(by, if_version)
        self.settle()
        return self

    @classmethod
    def change_by(
        cls,
        by: Membership,
        one: OneRow,
        change: Callable[[Self], None],
        *,
        if_version: int | None = None,
    ) -> Self:
        """Save what `change` makes of this one row, which is read and locked at once.

        Raises what `save_by` raises, and DoesNotExist where there is no such row.
        """
        records: list[Self] = []
        with refused_in_our_words(records), transaction.atomic():
            cls.line_up(one)
            records.append(hold(one))
            change(records[0])
            records[0]._save_locked(by, if_version)
        records[0].settle()
        return records[0]

    @classmethod
    def line_up(cls, one: OneRow) -> None:
        """Wait, before a row is locked, for changes of others that it belongs together with."""

    def _save_locked(self, by: Membership | None, if_version: int | None) -> None:
        stored = self.lock_stored(if_version)
        self.prepare(stored, by)
        if not self._refuse_or_pass(stored, by):
            return
        self.stamp()
        self.save(update_fields=self.changed_fields() if stored else None)
        write(announce(record_saved, self, stored=stored, by=by))
        self.after_change(stored, by)

    def lock_stored(self, if_version: int | None = None) -> Self | None:
        """The row as it is stored, locked until the transaction ends; None for a new one."""
        if self._state.adding:
            return None
        stored = self.held or self._lock()
        if if_version is not None and stored.version != if_version:
            raise StaleVersion(stored)
        self.adopt(stored)
        return stored

    def _lock(self) -> Self:
        try:
            return self.for_change().get(pk=self.pk)
        except self.DoesNotExist as error:
            raise Gone from error

    @classmethod
    def for_change(cls) -> models.QuerySet[Self]:
        """The rows to lock, without neighbors: joined to one that changes meanwhile, PostgreSQL would miss the row."""
        return cls._base_manager.select_for_update()

    def stamp(self) -> None:
        self.version = self._loaded.get("version", 0) + 1
        self.updated_at = clock.now()

    def refuse_if_wrong(self, by: Membership | None) -> None:
        """Raise what `save_by` would raise, and change nothing: for forms, which show it at the field."""
        stored = None if self._state.adding else self.snapshot()
        double = copy.copy(self)
        with transaction.atomic():
            double.prepare(stored, by)
            double._refuse_or_pass(stored, by)

    def _refuse_or_pass(self, stored: Self | None, by: Membership | None) -> bool:
        """Whether there is something to write; who may not change this record is told so even of no change."""
        if stored and not self.changed_fields():
            self.check_change(stored, by)
            return False
        examine([(self, stored)], by).raise_first()
        return True

    def delete_by(self, by: Membership | None, *, if_version: int | None = None) -> None:
        """Delete this record as this member (None: a command), or refuse and change nothing."""
        try:
            with transaction.atomic():
                self._delete_locked(by, if_version)
        except ProtectedError as error:
            raise self.depended_on(error) from error
        except IntegrityError as error:
            sentence = _("Other records depend on this %(kind)s. Move them elsewhere first.") % {
                "kind": self._meta.verbose_name
            }
            raise Conflict(sentence, "depended_on") from error

    def _delete_locked(self, by: Membership | None, if_version: int | None) -> None:
        stored = self.lock_stored(if_version)
        (stored or self).check_delete(by)
        self._let_go()
        pk = self.pk
        self.delete()
        self.pk = pk
        write(announce(record_deleted, self, by=by))
        self.after_delete(by)

    def _let_go(self) -> None:
        """Rows that will lose this neighbor get a new version, so that nobody keeps a stale copy of them."""
        for relation in self._meta.related_objects:
            if relation.on_delete is models.SET_NULL and issubclass(relation.related_model, Record):
                name = relation.field.name
                relation.related_model._base_manager.filter(**{name: self}).update(
                    **{name: None}, version=models.F("version") + 1, updated_at=clock.now()
                )

    def depended_on(self, error: ProtectedError) -> Conflict:
        """The refusal to delete what other rows depend on: `contact_has_deals`, with how many."""
        rows = sorted(error.protected_objects, key=lambda row: row._meta.label)
        names = rows[0]._meta
        rows = [row for row in rows if row._meta is names]
        sentence = ngettext(
            "This %(kind)s has %(count)d %(one)s. Delete or move it first.",
            "This %(kind)s has %(count)d %(many)s. Delete or move them first.",
            len(rows),
        )
        words = {"kind": self._meta.verbose_name, "one": names.verbose_name, "many": names.verbose_name_plural}
        return Conflict(
            sentence % {"count": len(rows), **words},
            f"{self._meta.model_name}_has_{str(names.verbose_name_plural).replace(' ', '_')}",
        )
