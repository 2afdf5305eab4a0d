"""What is around every page."""

from __future__ import annotations

from typing import Any

from django import template

from organizations.tenancy.drawing import Named, drawn, place

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: Any, part: str, *wanted: str) -> str:
    """This part of the frame, which is shown those of `here`, `reader` and `section` that it wants."""
    user = context["by"].user
    known = {"here": place(context["here"]), "reader": Named(user.pk, user.name), "section": context["section"]}
    return drawn(f"parts/_{part}.html", **{name: known[name] for name in wanted})
