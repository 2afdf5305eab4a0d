"""Phones as a dialer takes them."""

import re

from django import template

from contacts.likeness import digits

register = template.Library()
LETTER = re.compile(r"[^\W\d_]")


@register.filter
def dialed(phone: str) -> str:
    """`+49 (0)170 1, ext. 5` is `+4901701`: an address has no spaces, and an extension is not dialed."""
    number = LETTER.split(phone, maxsplit=1)[0]
    return ("+" if number.lstrip().startswith("+") else "") + digits(number)
