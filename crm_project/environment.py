"""Reads the environment for the settings; what makes no sense stops the start, in a sentence."""

import re
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from crm_project.directness import DirectConnection
from crm_project.instants import QuickConnection

env = environ.Env()
WORDS = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
CACHES = {"django.core.cache.backends.locmem.LocMemCache", "django.core.cache.backends.redis.RedisCache"}
HOST = re.compile(r"\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:]+\]")
OURS = re.compile(r"localhost|.*\.localhost|127\..*|\[::1\]|testserver")  # what only this machine reaches
LETTERS = 10  # different ones in a key; made at random, it has more
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}


def switch(name: str, *, default: bool) -> bool:
    word = env.str(name, default="on" if default else "off").lower()
    if word not in WORDS:
        raise ImproperlyConfigured(f"{name} is 'on' or 'off'.")
    return WORDS[word]


def keys(name: str, *given: str) -> list[str]:
    """These, if nobody guesses them."""
    if any(len(key.encode()) < 32 for key in given):
        raise ImproperlyConfigured(f"{name} needs at least 32 bytes: set a longer one.")
    if any(len(set(key)) < LETTERS or key.startswith("django-insecure") for key in given):
        raise ImproperlyConfigured(f"{name} is easy to guess: set one made at random.")
    return list(given)


def hosts(name: str, *, default: list[str]) -> list[str]:
    """The names that we answer to: any other one is an attack, or a mistake."""
    found: list[str] = env.list(name, default=default)
    if not found or not all(HOST.fullmatch(host) for host in found):
        raise ImproperlyConfigured(f"{name} are names of hosts, separated by commas, like crm.example.com; no '*'.")
    return found


def are_ours(names: list[str]) -> bool:
    return all(OURS.fullmatch(name) for name in names)


def origins(name: str) -> list[str]:
    found: list[str] = env.list(name, default=[])
    if not all(_is_origin(origin) for origin in found):
        raise ImproperlyConfigured(f"{name} are origins, separated by commas, like https://crm.example.com.")
    return found


def site(name: str, *, default: str, is_safe: bool) -> str:
    """Where people reach us, as links in mails begin; by HTTPS where everything else goes by HTTPS."""
    found: str = env.str(name, default=default)
    if not _is_origin(found):
        raise ImproperlyConfigured(f"{name} is an origin like https://crm.example.com, without a path.")
    address = urlsplit(found)
    if is_safe and address.scheme != "https" and not are_ours([address.hostname or ""]):
        raise ImproperlyConfigured(f"{name} begins with https:// where SECURE_SSL_REDIRECT is on.")
    return found


def _is_origin(text: str) -> bool:
    try:
        address = urlsplit(text)
        is_right = address.port is None or address.port > 0
    except ValueError:
        return False
    host = f"[{address.hostname}]" if ":" in (address.hostname or "") else address.hostname
    rest = text.removeprefix(f"{address.scheme}://").removeprefix(address.netloc)
    is_bare = not rest and "@" not in address.netloc
    return is_right and is_bare and address.scheme in ("http", "https") and bool(HOST.fullmatch(host or ""))


def count(name: str, *, default: int, least: int = 1) -> int:
    text = env.str(name, default=str(default))
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise ImproperlyConfigured(f"{name} is a whole number from {least}.")
    return int(text)


def limits(prefix: str, **defaults: tuple[int, int]) -> dict[str, tuple[int, int]]:
    """How many in how many seconds, by name; the first of the two comes from the environment."""
    return {name: (count(prefix + name.upper(), default=most), seconds) for name, (most, seconds) in defaults.items()}


def networks(name: str) -> list[str]:
    found: list[str] = env.list(name, default=[])
    try:
        return [str(ip_network(network)) for network in found]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} are networks, separated by commas, like 192.168.7.0/24.") from error


def database(name: str, *, default: str) -> dict[str, Any]:
    found = _url(env.db, name, default, "postgres://user@host:5432/name")
    if found.get("ENGINE") not in ENGINES:
        raise _nonsense(name, "postgres://user@host:5432/name")
    if found["ENGINE"] == "django.db.backends.sqlite3":
        found.setdefault("CONN_MAX_AGE", None)  # to open a file and read what is in it takes longer than most answers
    return found


def options(database: dict[str, Any], *, threads: int) -> dict[str, Any]:
    return SQLITE if database["ENGINE"] == "django.db.backends.sqlite3" else _postgresql(threads)


def _postgresql(threads: int) -> dict[str, Any]:
    """A connection for each thread: one waits only while the database is away, and then not for long.

    With PREPARE_STATEMENTS each plans once what has one plan for all values, where no pooler hands it to others too.
    With STATEMENT_TIMEOUT it gives up a statement after so many seconds; without it nothing is said of that: PgBouncer
    in transaction mode would not take it.
    """
    opened = DirectConnection if switch("PREPARE_STATEMENTS", default=True) else QuickConnection
    pool = {"min_size": 1, "max_size": threads, "timeout": 2, "reconnect_timeout": 1, "connection_class": opened}
    found: dict[str, Any] = {"pool": pool}
    seconds = count("STATEMENT_TIMEOUT", default=0, least=0)
    return {**found, "options": f"-c statement_timeout={seconds}s"} if seconds else found


def cache(name: str, *, default: str) -> dict[str, Any]:
    found = _url(env.cache, name, default, "redis://host:6379/0")
    if found["BACKEND"] not in CACHES:
        raise _nonsense(name, "redis://host:6379/0")
    return found


def email(name: str, *, default: str) -> dict[str, Any]:
    found = _url(env.email_url, name, default, "smtp://user:password@host:25")
    if found["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not found["EMAIL_HOST"]:
        raise _nonsense(name, "smtp://user:password@host:25")
    return found


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
