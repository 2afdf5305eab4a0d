"""Figures as the doors ask for them: kept as long as nothing changed that they count."""

from collections.abc import Callable
from typing import Any

from analytics import cache, figures
from organizations.models import Membership


def kept(by: Membership, figure: str, *arguments: Any, build: Callable[[], Any]) -> Any:
    """This figure of the organization, whoever of its members asks."""
    named = ":".join(map(str, (figure, *arguments)))
    return cache.remember(by.organization_id, named, _state_of(by), build)


def _state_of(by: Membership) -> str:
    """What a kept figure must agree with, besides the stamp.

    The organization's day and version, which the request may have read before a change that the stamp knows; and where
    each process has a cache of its own, the last change of a deal: a command writes in another process than this one.
    """
    organization = by.organization
    last = None if cache.is_shared() else figures.last_change(by)
    return f"{organization.version}:{organization.today()}:{last}"
