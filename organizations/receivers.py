"""What follows a sign-in."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from organizations import browsers
from organizations.users import User


@receiver(user_logged_in)
def note_browser(request: Any, user: User, **_: Any) -> None:
    if not request.session.session_key:
        request.session.save()
    browsers.note(request, user)
