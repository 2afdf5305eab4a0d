"""The card of a deal on the board."""

from typing import Any

from django import template

from deals.cards import card_of
from deals.models import Deal
from organizations.tenancy.drawing import drawn

register = template.Library()


@register.simple_tag(takes_context=True)
def card(context: Any, deal: Deal, oob: bool = False) -> str:
    """This deal as a card of the board `here_now`; `moved` is the one that was moved last."""
    here = context["here"]
    shown = card_of(deal, here, context["today"])
    has_moved = deal.pk == context["moved"]
    return drawn(
        "deals/_card.html", deal=shown, slug=here.slug, here_now=context["here_now"], has_moved=has_moved, oob=oob
    )
