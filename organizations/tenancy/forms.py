"""The way of pages and admin through the hall: a form shows every refusal where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.forms.models import construct_instance
from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.models import Membership, Organization, User
from organizations.roles import Power
from organizations.tenancy.ids import parse_id
from organizations.tenancy.merging import MergingForm
from organizations.tenancy.models import TenantModel
from organizations.tenancy.named import NamedField
from organizations.tenancy.refusals import sentences

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


def within(choices: Any, model: Any, by: Membership | None) -> Any:
    """Those of the choices for a neighbor of this model that are of the member's organization; none of nobody's."""
    if issubclass(choices.model, TenantModel):
        return choices.for_membership(by) if by else choices.none()
    if choices.model is User and model not in (Membership, Organization):  # who gets a place is no member yet
        return choices.for_membership(by) if by else choices.none()
    return choices


def _by_id(find: Callable[[Any], Any], value: Any) -> Any:
    """The choice of this id; for what can be none, no database is asked."""
    is_written = bool(value) and not isinstance(value, Model)
    return find(parse_id(str(value)) or "none") if is_written else find(value)


class TellingForm(forms.BaseForm):
    """A form that says what an action refuses."""

    def show(self, refusal: Exception) -> None:
        """Put each sentence at its field, or above the form; a field that is in error already says one thing."""
        for name, errors in sentences(refusal).items():
            if name not in self.fields:
                self.add_error(None, errors)
            elif name not in self.errors:
                self.add_error(name, errors)


class TenantForm(TellingForm, MergingForm, ModelForm):
    """A record of the organization of `by`, who fills in this form. It decides nothing: the hall does."""

    optional: tuple[str, ...] = ()  # what the hall fills in when it is left empty in a new record
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, by: Membership | None, **options: Any):
        super().__init__(*args, **options)
        self.by = by
        self.initial["seen_version"] = self.instance.version
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = within(field.queryset, self._meta.model, by)
                field.error_messages["invalid_choice"] = _("There is no such record in this organization.")
            if isinstance(field, NamedField):
                self.suggest(name, field)
            elif isinstance(field, forms.ModelChoiceField):
                field.to_python = partial(_by_id, field.to_python)  # type: ignore[method-assign]
            if name in self.optional and self.instance._state.adding:
                field.required = False
        if self.merges and not self.instance._state.adding:
            self.remember()

    def suggest(self, name: str, field: NamedField) -> None:
        """Ask a page for the records that are called so, while one writes; the address may name one by its id."""
        if isinstance(self.initial.get(name), str):
            self.initial[name] = parse_id(self.initial[name])
        if not self.by:
            return
        field.widget.attrs |= {
            "list": f"suggested-{name}",
            "hx-get": reverse(field.suggested_by, kwargs={"organization": self.by.organization.slug}),
            "hx-trigger": "focus once, input changed delay:200ms",
            "hx-target": f"#suggested-{name}",
            "hx-swap": "innerHTML",
            "hx-include": "this",
        }

    def only(self, name: str) -> Self:
        """Ask for this field alone."""
        for other in self.fields.keys() - {name, "seen_version"}:
            del self.fields[other]
        return self

    def _post_clean(self) -> None:
        """The hall's dry run stands for all that Django would check here, of the whole row."""
        try:
            self.judge()
        except (ValidationError, PermissionDenied) as refusal:
            self.show(refusal)

    def judge(self) -> None:
        if not self.instance._state.adding:
            self.merge()
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        self.instance.refuse_if_wrong(self.by)

    @property
    def seen(self) -> int | None:
        """The version that the form was shown with; None where the page did not keep it."""
        return self.cleaned_data.get("seen_version")

    def save(self, commit: bool = True) -> Any:
        """Through the hall, which may still refuse: see `save_or_show`."""
        super().save(commit=False)
        if not commit:
            return self.instance
        # What changed since the page was shown is merged by now; what changes from now on is noticed.
        return self.instance.save_by(self.by, if_version=None if self.seen is None else self.instance.version)

    def save_or_show(self) -> bool:
        """Whether the record is saved; else the form shows why not, even if the hall found it only now."""
        if not self.is_valid():
            return False
        try:
            self.save()
        except (ValidationError, PermissionDenied) as refusal:
            self.show(refusal)
            return False
        return True


class OwnedForm(TenantForm):
    """A record that a member answers for; only who may name another one is asked for it."""

    answerable = "owner"  # the field that names them
    optional: tuple[str, ...] = ("owner",)

    def __init__(self, *args: Any, by: Membership, **options: Any):
        super().__init__(*args, by=by, **options)
        if not by.may(Power.ASSIGN):
            del self.fields[self.answerable]
        elif self.instance._state.adding:
            self.initial.setdefault(self.answerable, by.user_id)


class OperatorForm(TenantForm):
    """A form of the admin, which makes it from a class: `TenantAdmin.get_form` puts on that class what it must know."""

    merges = False
    operator: Membership | None = None
    refusal: Exception | None = None  # why the hall did not save what this form had found right
    fixed: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, by=self.operator, **options)
        for name in self.fixed:
            if name in self.fields and not self.instance._state.adding:
                self.fields[name].disabled = True

    def judge(self) -> None:
        if self.by:
            super().judge()
        else:
            self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.refusal and not self.errors:
            self.show(self.refusal)
