"""Two people at one record: what only one of them changed is kept; of what both changed, the second is asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from organizations.tenancy.refusals import Conflict, StaleVersion


class ChangedMeanwhile(Conflict):
    """Somebody else changed this very field; carries how it is now."""

    def __init__(self, current: str):
        sentence = _("Meanwhile somebody changed this to “%(current)s”. Save again to replace it with yours.")
        if not current:
            sentence = _("Meanwhile somebody emptied this. Save again to replace it with yours.")
        super().__init__(sentence % {"current": current}, "changed_meanwhile")


class MergingForm(forms.BaseForm):
    """A form of a stored record whose fields remember what they showed."""

    instance: Any
    data: Any
    merges = True

    def remember(self) -> None:
        """From now on each field brings along, hidden, what it showed."""
        for name in self._stored_fields():
            self.fields[name].show_hidden_initial = True

    def merge(self) -> None:
        """Leave alone what others changed and this form did not; refuse what both changed, showing how it is now.

        StaleVersion where the record changed and the page did not keep what it showed.
        """
        for name in self._stored_fields():
            field = self[name]
            if field.html_initial_name in self.data:
                self._merge_field(field)
            elif self._is_stale():
                raise StaleVersion(self.instance)

    def _merge_field(self, field: forms.BoundField) -> None:
        shown, now = _as_sent(self.data[field.html_initial_name]), self._now(field)
        if shown == now or field.name not in self.cleaned_data:
            return
        if field.name not in self.changed_data:
            del self.cleaned_data[field.name]  # theirs stands
        elif field.field.has_changed(self._stored_value(field.name), _as_sent(field.data)):
            self.add_error(field.name, ChangedMeanwhile(self._in_words(field)))
            self.data = self.data.copy()
            self.data[field.html_initial_name] = now  # sent again, it is meant

    def _now(self, field: forms.BoundField) -> str:
        value = field.field.prepare_value(self._stored_value(field.name))
        return _as_sent(field.field.hidden_widget().format_value(value))

    def _stored_value(self, name: str) -> Any:
        return self.instance.serializable_value(name)

    def _in_words(self, field: forms.BoundField) -> str:
        value = getattr(self.instance, field.name)
        return "" if value is None else str(value)

    def _is_stale(self) -> bool:
        return self.cleaned_data.get("seen_version") not in (None, getattr(self.instance, "version", None))

    def _stored_fields(self) -> list[str]:
        stored = {field.name for field in self.instance._meta.concrete_fields}
        return [name for name in self.fields if name in stored]


def _as_sent(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n")
