"""The smallest parts of a page: icons and avatars."""

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()

TONES = 8


@register.simple_tag
def icon(name: str, classes: str = "") -> str:
    """A drawing from the sprite; what it means stands beside it in words."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("icons.svg"), name
    )


@register.simple_tag
def avatar(who: Any, classes: str = "") -> str:
    """The initials of a user, a contact or a company, in a color of their own."""
    return format_html(
        '<span class="avatar {}" data-tone="{}" aria-hidden="true">{}</span>',
        classes,
        who.pk % TONES + 1,
        initials(who),
    )


@register.filter
def initials(name: Any) -> str:
    """The first letters of the first and the last word that begin with one."""
    letters = [word[0].upper() for word in str(name).split() if word[0].isalnum()]
    return "".join(letters[:1] + letters[1:][-1:]) or "?"
