"""Phones as a dialer takes them."""

import re

from django import template

from contacts.likeness import digits

register = template.Library()
NUMBER = re.compile(r"\+?\d[\d\s().-]*")  # until another number, an extension, or other words
TRUNK = re.compile(r"\(0\)")  # is dialed at home only


@register.filter
def dialed(phone: str) -> str:
    """`Tel. +49 (0)170 1, ext. 5` is `+491701`: an address has no spaces, and an extension is not dialed.

    Empty where nothing can be dialed.
    """
    found = NUMBER.search(phone.replace("(+", "+"))
    if not found:
        return ""
    is_abroad = found[0].startswith("+")
    return "+" + digits(TRUNK.sub("", found[0])) if is_abroad else digits(found[0])
