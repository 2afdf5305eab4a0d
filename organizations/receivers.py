"""What follows a sign-in, and what of all that happens is kept in the audit."""

from typing import Any

from allauth.mfa import signals as factors
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from organizations import browsers, noting, row_totals
from organizations.audit import AuditEntry, Type
from organizations.tenancy import parts
from organizations.tenancy.signals import record_deleted, record_saved
from organizations.users import User


@receiver(user_logged_in)
def note_browser(request: Any, user: User, **_: Any) -> None:
    if not request.session.session_key:
        request.session.save()
    browsers.note(request, user)


@receiver(post_migrate, dispatch_uid="restore_triggers")
def restore_triggers(sender: Any, using: str, **_: Any) -> None:
    parts.restore(connections[using], sender.get_models())
    row_totals.restore(connections[using], sender.label, sender.get_models())


@receiver(record_saved, dispatch_uid="audit_change")
def audit_change(instance: Any, stored: Any, by: Any, **_: Any) -> list[AuditEntry]:
    return noting.entries_for(instance, stored, by)


@receiver(record_deleted, dispatch_uid="audit_deletion")
def audit_deletion(instance: Any, by: Any, **_: Any) -> list[AuditEntry]:
    return noting.entries_for_deletion(instance, by)


@receiver(user_logged_in, dispatch_uid="audit_sign_in")
def audit_sign_in(user: User, **_: Any) -> None:
    noting.note(user, Type.SIGNED_IN, user, by="browser")


@receiver(user_login_failed, dispatch_uid="audit_failure")
def audit_failure(credentials: Any, **_: Any) -> None:
    noting.note_failure(str(credentials.get("username") or credentials.get("email") or ""), wrong="password")


@receiver(factors.authentication_failed, dispatch_uid="audit_wrong_code")
def audit_wrong_code(user: User, **_: Any) -> None:
    noting.note_failure(user.email, wrong="code")


@receiver([factors.authenticator_added, factors.authenticator_removed, factors.authenticator_reset])
def audit_factor(signal: Any, user: User, authenticator: Any, **_: Any) -> None:
    change = {factors.authenticator_added: "added", factors.authenticator_removed: "removed"}.get(signal, "renewed")
    noting.note(user, Type.SECOND_FACTOR_CHANGED, user, factor=authenticator.type, change=change)
