"""The one place that judges passwords, whichever the door: wrong ones are counted, and nobody learns who is known."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from organizations import limits, whence
from organizations.users import User


class Passwords(ModelBackend):
    def authenticate(self, request: Any, username: Any = None, password: Any = None, **named: Any) -> Any:
        """The user of this address and password; it hashes once, whether they are known or not. Raises TooMany."""
        email = str(username or named.get(User.USERNAME_FIELD) or "").strip().lower()
        sender = whence.neighborhood(request)
        limits.passwords_from.spend(sender)
        limits.passwords.spend(email)
        user = super().authenticate(request, email, password)
        if user:
            limits.passwords_from.give_back(sender)
            limits.passwords.give_back(email)
        return user


def is_right(user: User, password: str) -> bool:
    """Whether this is the password of who is signed in already: one may have found their screen unlocked."""
    limits.passwords.spend(user.email)
    if not user.check_password(password):
        return False
    limits.passwords.give_back(user.email)
    return True
