"""SQLite's file stays open from one request to the next; where another was put in its place, that one is opened."""

from __future__ import annotations

import os
from typing import Any

from django.core.signals import request_started
from django.db import connection
from django.db.backends.signals import connection_created

current: Any = connection


def remember_file(connection: Any, **_: Any) -> None:
    if connection.vendor == "sqlite":
        connection.opened = _file_of(connection)


def open_what_is_there(**_: Any) -> None:
    """Else what is written would be lost with the file that was replaced."""
    if current.vendor == "sqlite" and current.connection and current.opened != _file_of(current):
        current.close()


def _file_of(wrapper: Any) -> tuple[int, int] | None:
    try:
        found = os.stat(wrapper.settings_dict["NAME"])
    except OSError:  # it is in memory, or gone
        return None
    return found.st_dev, found.st_ino


connection_created.connect(remember_file, dispatch_uid="remember_file")
request_started.connect(open_what_is_there, dispatch_uid="open_what_is_there")
