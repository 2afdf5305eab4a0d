"""The ways in which the hall says no, beside Django's own ValidationError and PermissionDenied."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.utils.translation import gettext as _


class Conflict(ValidationError):
    """The change is sound by itself, but not with what is stored (409)."""

    def __init__(self, message: str, code: str, field: str | None = None):
        super().__init__({field: ValidationError(message, code)} if field else message, code)
        self.sentence, self.reason = message, code


class StaleVersion(Conflict):
    """Somebody else was faster; carries the record as it is now (412)."""

    def __init__(self, current: Any):
        super().__init__(_("This record was changed in the meantime. Load it again."), "stale_version")
        self.current = current


class Gone(Conflict):
    """Somebody else deleted it (404)."""

    def __init__(self) -> None:
        super().__init__(_("This record was deleted in the meantime."), "not_found")


class Forbidden(PermissionDenied):
    """Not for this role to do (403), with a code for programs and the field for people."""

    def __init__(self, message: str, code: str = "permission_denied", field: str | None = None):
        super().__init__(message)
        self.sentence, self.reason, self.field = message, code, field


def spoken(refusal: Exception) -> list[str]:
    """What a refusal says to people, without the fields that it says it of."""
    return [str(sentence) for errors in sentences(refusal).values() for error in errors for sentence in error.messages]


def sentences(refusal: Exception) -> dict[str | None, list[ValidationError]]:
    """What a refusal says to people, by the field that it says it of; None for the whole record."""
    if isinstance(refusal, ValidationError):
        errors = getattr(refusal, "error_dict", None) or {NON_FIELD_ERRORS: refusal.error_list}
        return {None if field == NON_FIELD_ERRORS else field: errors[field] for field in errors}
    if isinstance(refusal, Forbidden):
        return {refusal.field: [ValidationError(refusal.sentence, refusal.reason)]}
    return {None: [ValidationError(str(refusal) or _("You may not do this."), "permission_denied")]}
