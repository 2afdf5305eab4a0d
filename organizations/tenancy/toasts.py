"""Telling people what was just done, with the way back where there is one."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.contrib.messages.storage.base import Message


def tell(request: Any, sentence: str, *, undo: str = "", **values: Any) -> None:
    """Say this at the next page; `undo` is the address of the form that takes it back, `values` are its fields."""
    messages.success(request, sentence, extra_tags=f"{undo}?{urlencode(values)}" if undo else "")


def way_back(message: Message) -> dict[str, Any]:
    """The form that takes back what this message tells: its address and its fields; empty where there is none."""
    if not message.extra_tags:
        return {}
    address, _, values = message.extra_tags.partition("?")
    return {"address": address, "values": parse_qsl(values, keep_blank_values=True)}
