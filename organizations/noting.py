"""What goes into the audit: of each change that the hall announces, and of what users do wherever they stand."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError

from organizations import whence
from organizations.audit import LONGEST_ABOUT, AuditEntry, Type
from organizations.models import Invitation, Membership, Organization
from organizations.tenancy import row_security
from organizations.tenancy.models import TenantModel
from organizations.tenancy.signals import write
from organizations.users import User

log = logging.getLogger(__name__)


def entries_for(record: Any, stored: Any, by: Membership | None) -> list[AuditEntry]:
    """The entry of this change, if it is one that the audit keeps."""
    if _is_operator(by) and isinstance(record, (TenantModel, Organization)):
        return [_entry(record, Type.OPERATOR_CHANGED, by, **_named(record), fields=_changed(record, stored))]
    if isinstance(record, Membership):
        return _of_membership(record, stored, by)
    if isinstance(record, Invitation) and stored is None:
        return [_entry(record, Type.INVITED, by, role=record.role)]
    if isinstance(record, Organization) and stored:
        return [_entry(record, Type.ORGANIZATION_CHANGED, by, fields=_changed(record, stored))]
    return []


def _changed(record: Any, stored: Any) -> list[str]:
    """The fields that somebody may write; others follow from them."""
    written = {field.attname for field in record._meta.concrete_fields if field.editable}
    return sorted(record.changed_fields() & written) if stored else []


def _of_membership(place: Membership, stored: Membership | None, by: Membership | None) -> list[AuditEntry]:
    if stored is None:
        return [_entry(place, Type.MEMBER_JOINED, by or place, role=place.role)]
    if stored.role == place.role:
        return []
    return [_entry(place, Type.ROLE_CHANGED, by, **{"from": stored.role, "to": place.role})]


def entries_for_deletion(record: Any, by: Membership | None) -> list[AuditEntry]:
    if not isinstance(record, TenantModel):
        return []
    if _is_operator(by):
        return [_entry(record, Type.OPERATOR_DELETED, by, **_named(record))]
    if isinstance(record, Membership):
        return [_entry(record, Type.MEMBER_REMOVED, by, role=record.role)]
    if isinstance(record, Invitation):
        return [_entry(record, Type.INVITATION_REVOKED, by)]
    return []


def _is_operator(by: Membership | None) -> bool:
    return by is not None and by.pk is None


def _named(record: Any) -> dict[str, Any]:
    return {"kind": record._meta.model_name, "id": record.pk}


def _entry(record: Any, what: Type, by: Membership | None, **payload: Any) -> AuditEntry:
    organization_id = record.pk if isinstance(record, Organization) else record.organization_id
    about = record.user.email if isinstance(record, Membership) else str(record)
    return _written(organization_id, what, by.user if by else None, about, payload)


def _written(organization_id: int, what: Type, author: User | None, about: str, payload: Any) -> AuditEntry:
    request = whence.current.get()
    return AuditEntry(
        organization_id=organization_id,
        type=what,
        author=author,
        about=about[:LONGEST_ABOUT],
        payload=payload,
        address=whence.address(request) if request else None,
        browser=whence.browser(request) if request else "",
    )


def note(user: User, what: Type, author: Any, **payload: Any) -> None:
    """Write this of a user into the audit of each organization where they are a member."""
    with row_security.admitted(user.pk):
        for organization_id in list(user.memberships.values_list("organization_id", flat=True)):
            with row_security.inside(organization_id):
                write([_written(organization_id, what, author, user.email, payload)])


def note_failure(email: str, **payload: Any) -> None:
    """A sign-in that failed: into the audits of who is known under this address, else into the log alone.

    Only once the answer is sent: how long it took must not tell who is known.
    """
    whence.afterwards(lambda: _note_failure(email, payload))


def _note_failure(email: str, payload: Any) -> None:
    try:
        user = User.objects.filter(email=email.strip().lower()[:254].replace("\0", "")).first()
        if user:
            note(user, Type.SIGN_IN_FAILED, None, **payload)
    except DatabaseError:
        log.exception("A failed sign-in could not be noted.")
    else:
        log.warning("A sign-in failed%s.", "" if user else ", of nobody whom we know")
