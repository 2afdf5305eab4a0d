"""Fragments of a page that are drawn once for all who see the same in them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

MOST = 1_000  # fragments, of a few kilobytes each


class Named(NamedTuple):
    """A record of which a fragment shows the name, and what follows from its id."""

    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


class Place(NamedTuple):
    """What a fragment shows of an organization."""

    slug: str
    name: str
    time_zone: str

    def __str__(self) -> str:
        return self.name


def place(organization: Any) -> Place:
    return Place(organization.slug, organization.name, organization.time_zone)


def drawn(template: str, **shown: Any) -> str:
    """This template with these values, which are all that it sees: tuples, texts and numbers.

    What it shows besides must depend on nothing but the reader's language.
    """
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn  # whoever edits a template wants to see it
    return mark_safe(draw(template, get_language(), tuple(shown.items())).decode())


@lru_cache(MOST)
def _drawn(template: str, language: str | None, shown: tuple[tuple[str, Any], ...]) -> bytes:
    """In UTF-8, which takes half the room."""
    return get_template(template).render(dict(shown)).encode()
