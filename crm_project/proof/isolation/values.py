"""What the words in braces of a case stand for: `{own.deal}` is the id of a deal of whoever asks."""

from __future__ import annotations

import re
from typing import Any

from rest_framework_simplejwt.tokens import RefreshToken

from crm_project.proof.isolation.world import COLLEAGUE, PASSWORD, Place
from organizations.users import Login

WORD = re.compile(r"\{(\w+)(?:\.(\w+))?\}")


def filled(value: Any, place: Place, who: str) -> Any:
    """This value of a case, in this place; whoever has no records there stands on the colleague's."""
    if isinstance(value, dict):
        return {name: filled(inner, place, who) for name, inner in value.items()}
    match = WORD.fullmatch(value) if isinstance(value, str) else None
    return _meant(match[1], match[2], place, who) if match else value


def record(whose: str, place: Place, who: str) -> int:
    """The id of a record, as in `own.deal`."""
    person, kind = whose.split(".")
    pk: int = place.records[_person(person, place, who)][kind].pk
    return pk


def _person(name: str, place: Place, who: str) -> str:
    return (who if who in place.records else COLLEAGUE) if name == "own" else name


def _meant(name: str, what: str | None, place: Place, who: str) -> Any:
    if what is None:
        return {"password": PASSWORD, "slug": place.organization.slug}[name]
    if (name, what) == ("neighbor", "token"):
        return place.offered
    user = place.members[_person(name, place, who)].user
    if what == "email":
        return user.email
    if what == "refresh":
        return _refresh_token(user)
    return record(f"{name}.{what}", place, who)


def _refresh_token(user: Any) -> str:
    """A token of a login that is there."""
    login = Login.objects.filter(user=user).latest("pk")
    token = RefreshToken.for_user(user)
    token["jti"], token["login"] = login.token_id, login.pk
    return str(token)
