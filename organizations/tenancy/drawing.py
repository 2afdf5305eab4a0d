"""Fragments of a page that are drawn once for all who see the same in them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.template.loader import get_template
from django.utils.translation import get_language

MOST = 2_000  # fragments, of a few kilobytes each


def drawn(template: str, **shown: Any) -> str:
    """This template with these values, which are all that it sees: tuples, texts and numbers.

    What it shows besides must depend on nothing but the reader's language.
    """
    return _drawn(template, get_language(), tuple(shown.items()))


@lru_cache(MOST)
def _drawn(template: str, language: str | None, shown: tuple[tuple[str, Any], ...]) -> str:
    return get_template(template).render(dict(shown))
