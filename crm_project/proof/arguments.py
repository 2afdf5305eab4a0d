"""What the commands of the proofs are told: nothing tried would prove nothing."""

from argparse import ArgumentTypeError


def from_one(text: str) -> int:
    """How often, or how many: a whole number from 1."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ArgumentTypeError(f"{text!r} is no whole number from 1.")
    return int(text)
