"""A file of SQLite that was replaced while it was open is not written to any more."""

import os
import sqlite3
from contextlib import closing

import pytest
from django.core.signals import request_started
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from crm_project import receivers

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no file of ours")


def write(path, word):
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE word (text)")
        file.execute("INSERT INTO word VALUES (?)", [word])
        file.commit()


def read(wrapper):
    with wrapper.cursor() as cursor:
        return cursor.execute("SELECT text FROM word").fetchone()[0]


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """A connection to a file of its own, as the one of a server."""
    write(tmp_path / "here.sqlite3", "old")
    settings = {**connections["default"].settings_dict, "NAME": str(tmp_path / "here.sqlite3")}
    wrapper = DatabaseWrapper(settings)
    monkeypatch.setattr(receivers, "current", wrapper)
    yield wrapper
    wrapper.close()


def test_the_next_request_opens_the_file_that_is_there(opened, tmp_path, django_db_blocker):
    with django_db_blocker.unblock():
        before = read(opened), opened.connection
        request_started.send(sender=None)
        still = opened.connection
        write(tmp_path / "restored.sqlite3", "restored")
        os.replace(tmp_path / "restored.sqlite3", tmp_path / "here.sqlite3")
        request_started.send(sender=None)

        assert (before[0], still is before[1], read(opened)) == ("old", True, "restored")
