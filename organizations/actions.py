"""The verbs that write several rows: register, invite, accept, remove, delete."""

from __future__ import annotations

import copy
import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.accounts import create_user
from organizations.addresses import ask_to_confirm, email_taken, mark_verified
from organizations.audit import Departure
from organizations.models import Invitation, Membership, Organization, User
from organizations.roles import Role
from organizations.short_names import short_name
from organizations.tenancy import row_security
from organizations.tenancy.bulk import save_all_by
from organizations.tenancy.models import TenantModel
from organizations.tenancy.refusals import Conflict
from organizations.tenancy.signals import announce, organization_opened

INVITATION_DAYS = 7


def register(*, email: str, password: str, name: str, organization_name: str, **preferences: str) -> Membership:
    """A new user with an organization of their own, in the same time zone; answers with their owner membership.

    Raises Conflict `email_taken`, or ValidationError with every weak point of the input.
    """
    try:
        with transaction.atomic():
            user = create_user(email=email, password=password, name=name, **preferences)
            ask_to_confirm(user)
            return open_organization(user, name=organization_name, time_zone=user.time_zone)
    except IntegrityError as error:
        raise email_taken() from error


@transaction.atomic
def open_organization(user: User, *, name: str, slug: str = "", **settings_of_it: Any) -> Membership:
    """A new organization with this user as its owner, and whatever the other rooms put into a new one.

    Without a slug it gets a free one made of its name.
    """
    organization = Organization(name=name, slug=slug, **settings_of_it)
    organization = organization.save_by(None) if slug else _save_under_free_slug(organization)
    row_security.enter(organization.pk)
    membership = Membership(organization=organization, user=user, role=Role.OWNER).save_by(None)
    announce(organization_opened, organization, by=membership)
    return membership


def _save_under_free_slug(organization: Organization) -> Organization:
    stem = organization.slug = short_name(organization.name) or "organization"
    while True:
        try:
            return copy.copy(organization).save_by(None)
        except Conflict as conflict:
            if conflict.reason != "slug_taken":
                raise
            organization.slug = f"{stem}-{secrets.token_hex(3)}"


def delete_organization(
    organization: Organization, *, confirm: str, by: Membership | None, if_version: int | None = None
) -> None:
    """Delete an organization and everything in it; `confirm` must be its slug."""
    with transaction.atomic():
        organization.lock_stored(if_version)
        organization.check_delete(by)
        if confirm != organization.slug:
            sentence = _("Write the organization's short name to confirm that everything in it is lost.")
            raise ValidationError({"confirm": ValidationError(sentence, "not_confirmed")})
        Departure.objects.create(pk=organization.pk, slug=organization.slug, deleted_by=by.user.email if by else "")
        for model in reversed(_tenant_models()):
            rows = model._base_manager.filter(organization=organization)
            rows._raw_delete(rows.db)
        organization.delete_by(by)


def _tenant_models() -> list[Any]:
    """In the order of their import: a model stands behind those that it refers to."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


@transaction.atomic
def invite(*, email: str, role: str, by: Membership) -> tuple[Invitation, str]:
    """Offer a place; answers with the invitation and its token, which is stored nowhere. Mails it too."""
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        organization=by.organization,
        email=email,
        role=role,
        token_hash=_hash(token),
        invited_by=by.user,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    invitation.save_by(by)
    earlier = Invitation.objects.for_membership(by).filter(email=invitation.email, accepted_at=None)
    for superseded in earlier.exclude(pk=invitation.pk):
        superseded.delete_by(by)
    transaction.on_commit(lambda: _mail(invitation, token), robust=True)
    return invitation, token


def accept_url(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('invitation')}?token={token}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _mail(invitation: Invitation, token: str) -> None:
    place, address = " ".join(invitation.organization.name.split()), accept_url(token)
    words = {"organization": place, "name": invitation.invited_by, "days": INVITATION_DAYS, "address": address}
    sentences = (
        _("%(name)s invites you to work in %(organization)s."),
        _("Accept within %(days)s days: %(address)s"),
    )
    send_mail(
        subject=_("You are invited to %(organization)s") % words,
        message="\n\n".join(sentences) % words + "\n",
        from_email=None,
        recipient_list=[invitation.email],
    )


def open_invitation(token: str) -> Invitation:
    """The invitation of this token. Raises ValidationError for a used, revoked or expired one."""
    row_security.show_invitation(_hash(token))
    return _open(Invitation.objects.select_related("organization", "invited_by"), token)


def accept_invitation(*, token: str, user: User, knowingly: bool) -> Membership:
    """Make this signed-in user a member. Raises ValidationError for a used, revoked or expired token.

    An invitation goes to an address, and whoever holds its token may accept it. A user of another address does so
    `knowingly`, or is asked first: they may have meant to accept as somebody else. A program that sends the token
    knows as whom it is signed in.
    """
    with transaction.atomic():
        invitation = _lock(token)
        if invitation.email != user.email and not knowingly:
            sentence = _("This invitation was sent to another address than yours. Confirm that you want to accept it.")
            raise ValidationError(sentence, "other_address")
        return _take_place(invitation, user)


def accept_invitation_as_new(*, token: str, name: str, password: str, **preferences: str) -> Membership:
    """Make a new user of the invited e-mail address a member. Raises Conflict when it has an account."""
    try:
        with transaction.atomic():
            invitation = _lock(token)
            user = create_user(email=invitation.email, password=password, name=name, **preferences)
            return _take_place(invitation, user)
    except IntegrityError as error:
        raise email_taken() from error


def _lock(token: str) -> Invitation:
    """Of two who accept at once one comes second: refused. Only inside of its organization can the row be locked."""
    row_security.enter(open_invitation(token).organization_id)
    return _open(Invitation.objects.select_for_update(), token)


def _open(invitations: Any, token: str) -> Invitation:
    invitation: Invitation | None = invitations.filter(token_hash=_hash(token)).first()
    if invitation is None or not invitation.is_open:
        sentence = _("This invitation was used, revoked or has expired. Ask for a new one.")
        raise ValidationError({"token": ValidationError(sentence, "invitation_invalid")})
    return invitation


def _take_place(invitation: Invitation, user: User) -> Membership:
    membership = Membership(organization=invitation.organization, user=user, role=invitation.role).save_by(None)
    invitation.accepted_at = timezone.now()
    invitation.save_by(None)
    if user.email == invitation.email:
        mark_verified(user)
    return membership


def remove_member(
    membership: Membership, *, by: Membership, reassign_to: Membership | None = None, if_version: int | None = None
) -> None:
    """Remove a member and hand everything they answer for to another one.

    Without `reassign_to` it goes to whoever removes them; when one leaves by oneself, or an operator
    who is no member removes them, to an owner.
    """
    with transaction.atomic():
        membership.lock_stored(if_version)
        membership.check_delete(by)
        heir = reassign_to or default_heir(membership, by)
        if heir.user_id == membership.user_id:
            sentence = _("Name another member to take over the records.")
            raise ValidationError({"reassign_to": ValidationError(sentence, "same_member")})
        _hand_over(membership, heir, by)
        membership.delete_by(by)


def default_heir(membership: Membership, by: Membership) -> Membership:
    """Who takes over unless somebody is named."""
    if by.pk and by.user_id != membership.user_id:
        return by
    owners = Membership.objects.for_membership(by).filter(role=Role.OWNER).exclude(pk=membership.pk)
    return owners.order_by("-user__is_active", "id")[0]


def _hand_over(membership: Membership, heir: Membership, by: Membership) -> None:
    """Every column that refers to a member, in whichever room, now refers to the heir."""
    for model, field in _answered_for():
        rows = list(model.for_change().filter(**_responsible(membership, field)).order_by("pk"))
        for row in rows:
            setattr(row, field, heir.user)
        for _row, refusal in save_all_by(rows, by.empowered()).refused:
            raise refusal


def _answered_for() -> list[tuple[Any, str]]:
    """The columns that refer to a member, in whichever room: their model and their name."""
    return [
        (model, rule.field)
        for model in _tenant_models()
        for rule in model.neighbor_rules()
        if rule.to == Membership._meta.label
    ]


def _responsible(membership: Membership, field: str) -> dict[str, Any]:
    return {"organization": membership.organization_id, field: membership.user_id}


def records_of(membership: Membership) -> list[str]:
    """How many records of each kind this member answers for; only of what there is."""
    found = ((model, model._base_manager.filter(**_responsible(membership, field))) for model, field in _answered_for())
    return [model.counted(count) for model, rows in found if (count := rows.count())]
