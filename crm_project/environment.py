"""Reads the environment for the settings; what makes no sense stops the start, in a sentence."""

from collections.abc import Callable
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
WORDS = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}


def switch(name: str, *, default: bool) -> bool:
    word = env.str(name, default="on" if default else "off").lower()
    if word not in WORDS:
        raise ImproperlyConfigured(f"{name} is 'on' or 'off'.")
    return WORDS[word]


def count(name: str, *, default: int, least: int = 1) -> int:
    text = env.str(name, default=str(default))
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise ImproperlyConfigured(f"{name} is a whole number from {least}.")
    return int(text)


def database(name: str, *, default: str) -> dict[str, Any]:
    found = _url(env.db, name, default, "postgres://user@host:5432/name")
    if found.get("ENGINE") not in ENGINES:
        raise _nonsense(name, "postgres://user@host:5432/name")
    return found


def cache(name: str, *, default: str) -> dict[str, Any]:
    return _url(env.cache, name, default, "redis://host:6379/0")


def email(name: str, *, default: str) -> dict[str, Any]:
    return _url(env.email_url, name, default, "smtp://user:password@host:25")


def _url(read: Callable[..., Any], name: str, default: str, example: str) -> dict[str, Any]:
    try:
        found = read(name, default=default)
    except (ImproperlyConfigured, ValueError) as error:
        raise _nonsense(name, example) from error
    if not found:
        raise _nonsense(name, example)
    return found


def _nonsense(name: str, example: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is a URL like {example}.")
