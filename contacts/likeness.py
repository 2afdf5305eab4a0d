"""How names, phones and addresses are compared, so that who was written down twice is seen."""

import re
import unicodedata

from organizations.tenancy.fields import fold

LONGEST_KEY = 200  # what an index takes, whatever is written
FEWEST_DIGITS = 6  # fewer are an extension
FEWEST_SOUGHT = 3
SUBSCRIBER = 9  # so many digits at the end are the same, with or without the code of the country
PHONE = re.compile(r"[\d\s()+./–-]+")
COUNTRY = re.compile(r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3}")
TRUNK = re.compile(r"0+|8(?=\d{10}$)|")
AFTER_DOMAIN = re.compile(r"[/:?#]")


def key(text: str) -> str:
    """This text as it is compared: folded, each gap one space."""
    return " ".join(fold(text).split())[:LONGEST_KEY]


def digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(letter)) for letter in text if letter.isdecimal())


def phone_key(phone: str) -> str:
    """The digits that tell a phone from others, however it is written; empty where there are too few."""
    number = digits(phone)
    return number[-SUBSCRIBER:] if len(number) >= FEWEST_DIGITS else ""


def domain_key(domain: str) -> str:
    """The bare domain, without what browsers put around it."""
    bare = key(domain).split("://", 1)[-1].removeprefix("www.")
    return AFTER_DOMAIN.split(bare)[0].rstrip(".")


def sought_digits(words: str) -> str:
    """The digits to look for in phones, without those that depend on where one calls from; empty for other words."""
    number = digits(words)
    if not PHONE.fullmatch(words) or len(number) < FEWEST_SOUGHT:
        return ""
    at_home = TRUNK.sub("", _without_country(words, number), count=1)
    return at_home if len(at_home) >= FEWEST_SOUGHT else number


def _without_country(words: str, number: str) -> str:
    if not words.startswith(("+", "00")):
        return number
    abroad = number.removeprefix("00")
    country = COUNTRY.match(abroad)
    return abroad[country.end() :] if country else abroad
