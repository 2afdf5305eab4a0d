"""What the palette can do beside finding: go somewhere, begin something new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations.tenancy.fields import fold

ACTIONS_ONLY = ">"


@dataclass(frozen=True)
class Command:
    label: Any
    route: str
    icon: str
    keys: tuple[str, ...] = ()
    takes: str = ""  # the field of its form that the words of the palette fill in


COMMANDS = (
    Command(_("Create contact"), "contacts:create", "plus", takes="name"),
    Command(_("Create company"), "companies:create", "plus", takes="name"),
    Command(_("Create deal"), "deals:create", "plus", ("C",), takes="title"),
    Command(_("Create task"), "tasks:create", "plus", takes="title"),
    Command(_("Go to today"), "today", "today", ("G", "H")),
    Command(_("Go to deals"), "deals:board", "deal", ("G", "D")),
    Command(_("Go to contacts"), "contacts:list", "contact", ("G", "C")),
    Command(_("Go to companies"), "companies:list", "company", ("G", "O")),
    Command(_("Go to tasks"), "tasks:list", "task", ("G", "T")),
    Command(_("Go to analytics"), "analytics:overview", "chart", ("G", "A")),
    Command(_("Go to settings"), "settings:organization", "settings"),
    Command(_("Go to my account"), "account:profile", "contact"),
)


def commands_for(words: str, organization: str) -> list[dict[str, Any]]:
    """Those whose label has these words; those that make something of the words too."""
    sought = fold(words.removeprefix(ACTIONS_ONLY).strip())
    only_named = words.startswith(ACTIONS_ONLY) or not sought
    chosen = [command for command in COMMANDS if sought in fold(str(command.label))]
    makers = [] if only_named else [command for command in COMMANDS if command.takes and command not in chosen]
    named = [_offered(command, "", organization) for command in chosen]
    return named + [_offered(command, words.strip(), organization) for command in makers]


def _offered(command: Command, words: str, organization: str) -> dict[str, Any]:
    address = reverse(command.route, kwargs={"organization": organization})
    filled = f"?{urlencode({command.takes: words})}" if words else ""
    return {"command": command, "words": words, "address": address + filled}
