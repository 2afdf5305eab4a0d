"""The WSGI application on a SQLite database that may have only so many pages, as on a disk that is full."""

import os

from django.db.backends.signals import connection_created

from crm_project.wsgi import application

MOST_PAGES = "PROOF_MOST_PAGES"

__all__ = ["application"]


def narrow(connection, **_):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {int(os.environ[MOST_PAGES])}")


if MOST_PAGES in os.environ:
    connection_created.connect(narrow, weak=False)
