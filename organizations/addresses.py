"""Whose an e-mail address is: proved by following a link that was mailed to it.

A user has one address, in the user's own row, beside the one that was proved last. As soon as they differ, through
whichever door, the address is unproved again: nothing has to be kept in step.
"""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from organizations import passwords
from organizations.tenancy.refusals import Conflict
from organizations.users import User

KEY_DAYS = 3
SALT = "organizations.addresses"


def email_taken() -> Conflict:
    return Conflict(_("This e-mail address has an account. Sign in instead."), "email_taken", "email")


def confirm_url(user: User, email: str) -> str:
    """Where the owner of this address makes it this user's, as long as the user has the one of today."""
    key = signing.dumps([user.pk, user.email, email], salt=SALT)
    return f"{settings.SITE_URL}{reverse('confirm_email')}?key={key}"


def ask_to_confirm(user: User, email: str = "") -> None:
    """Mail a link to this address, without one to the user's own, as soon as the change at hand is sure."""
    transaction.on_commit(partial(_mail_link, user, email or user.email), robust=True)


def change_email(user: User, *, email: str, current_password: str) -> None:
    """Mail a link to the new address. Until it is followed, the user keeps the old one."""
    wrong = {}
    if not passwords.is_right(user, current_password):
        wrong["current_password"] = ValidationError(_("This is not your password."), "wrong_password")
    email = User._meta.get_field("email").to_python(email)
    if email == user.email:
        wrong["email"] = ValidationError(_("This is your address already."), "same_email")
    if wrong:
        raise ValidationError(wrong)
    if User.objects.filter(email=email).exists():
        raise email_taken()
    ask_to_confirm(user, email)


def claim_of(key: str) -> tuple[User, str]:
    """The user of a mailed link and the address that it proves. Raises ValidationError for one that is over."""
    try:
        user_id, had, email = signing.loads(key, salt=SALT, max_age=KEY_DAYS * 86_400)
    except signing.BadSignature as error:
        raise _over() from error
    user = User.objects.select_for_update().filter(pk=user_id, email=had, is_active=True).first()
    if user is None:
        raise _over()
    return user, email


def _over() -> ValidationError:
    return ValidationError(_("This link does not work any more."), "link_over")


def confirm(key: str) -> User:
    """Make the address that this key proves the user's own. Raises Conflict when it became somebody else's."""
    try:
        with transaction.atomic():
            user, email = claim_of(key)
            earlier, user.email = user.email, email
            mark_verified(user, "email")
    except IntegrityError as error:
        raise email_taken() from error
    if earlier != email:
        _mail_farewell(user, earlier)
    return user


def mark_verified(user: User, *along: str) -> None:
    """The user has shown that mails to their address reach them."""
    user.verified_email = user.email
    user.save(update_fields=["verified_email", *along])


def _mail_link(user: User, email: str) -> None:
    with override(user.locale):
        link = confirm_url(user, email)
        text = _("Confirm that this is your e-mail address:\n\n%(link)s\n\nThe link works for %(days)s days.")
        subject, message = _("Confirm your e-mail address"), text % {"link": link, "days": KEY_DAYS}
        send_mail(subject, f"{message}\n", None, [email])


def _mail_farewell(user: User, earlier: str) -> None:
    with override(user.locale):
        text = _("You sign in with %(email)s from now on. If this was not you, tell whoever runs Kontor for you.")
        subject, message = _("Your e-mail address is changed"), text % {"email": user.email}
        send_mail(subject, f"{message}\n", None, [earlier], fail_silently=True)
