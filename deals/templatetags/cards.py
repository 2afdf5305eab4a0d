"""The card of a deal on the board."""

from typing import Any

from django import template
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from deals.cards import card_of
from organizations.tenancy.drawing import drawn

register = template.Library()
BACK = "\0"  # where the way back stands in a card that is drawn for all addresses of the board; no text holds it


@register.simple_tag(takes_context=True)
def card(context: Any, deal: Any, oob: bool = False) -> str:
    """This deal of the `column` as a card of the board `here_now`; `moved` is the one that was moved last."""
    here = context["here"]
    shown = card_of(deal, context["column"].stage, here, context["today"])
    has_moved, back = deal.pk == context["moved"], f"{context['here_now']}&moved={deal.pk}"
    text = drawn("deals/_card.html", deal=shown, slug=here.slug, back=BACK, has_moved=has_moved, oob=oob)
    return mark_safe(text.replace(BACK, urlencode({"next": back})))  # which leaves no letter that a page would read
