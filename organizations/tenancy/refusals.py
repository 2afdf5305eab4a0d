"""The ways in which the hall says no, beside Django's own ValidationError and PermissionDenied."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError


class Conflict(ValidationError):
    """The change is sound by itself, but not with what is stored (409)."""

    def __init__(self, message: str, code: str, field: str | None = None):
        super().__init__({field: ValidationError(message, code)} if field else message, code)
        self.sentence, self.reason = message, code


class StaleVersion(Conflict):
    """Somebody else was faster; carries the record as it is now (412)."""

    def __init__(self, current: Any):
        super().__init__("This record was changed in the meantime. Load it again.", "stale_version")
        self.current = current


class Forbidden(PermissionDenied):
    """Not for this role to do (403), with a code for programs and the field for people."""

    def __init__(self, message: str, code: str = "permission_denied", field: str | None = None):
        super().__init__(message)
        self.sentence, self.reason, self.field = message, code, field
