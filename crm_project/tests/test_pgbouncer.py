"""PgBouncer, pooling by transaction, hands one connection to many: none of them learns where the one before was."""

import os
import shutil
import socket
import subprocess
import time

import psycopg
import pytest
from django.db import connection

from crm_project.directness import DirectConnection

pytestmark = [
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PgBouncer is PostgreSQL's"),
    pytest.mark.skipif(not shutil.which("pgbouncer"), reason="pgbouncer is not installed"),
]
HERE = "SELECT COALESCE(current_setting('app.organization_id', true), '')"
CONFIGURATION = """
[databases]
pooled = host={HOST} port={PORT} user={USER} dbname={NAME}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 1
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def pooled(db, tmp_path):
    """`pooled()` is a new client of a pool that has one connection to the database of the tests."""
    port, file = free_port(), tmp_path / "pgbouncer.ini"
    file.write_text(CONFIGURATION.format(port=port, **{"PORT": 5432, **connection.settings_dict}))
    as_user = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen(["pgbouncer", "-q", *as_user, str(file)])
    try:
        yield lambda: connect(port)
    finally:
        process.terminate()
        process.wait()


def connect(port):
    for _ in range(100):
        try:
            return DirectConnection.connect(f"postgresql://anybody@127.0.0.1:{port}/pooled", autocommit=True)
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError("PgBouncer does not answer.")


def enter(client, organization_id, is_local):
    with client.transaction():
        client.execute("SELECT set_config('app.organization_id', %s, %s)", [str(organization_id), is_local])
        return client.execute(HERE).fetchone()[0]


def test_next_client_is_nowhere(pooled):
    with pooled() as one, pooled() as other:
        assert enter(one, 7, True) == "7"
        assert other.execute(HERE).fetchone() == ("",)
        assert one.execute(HERE).fetchone() == ("",)


def test_setting_of_a_session_would_be_found(pooled):
    with pooled() as one, pooled() as other:
        enter(one, 7, False)

        assert other.execute(HERE).fetchone() == ("7",)


def test_a_pooler_is_told_from_the_server(pooled):
    with pooled() as one:
        assert (one.is_direct, one.prepare_threshold) == (False, 5)  # psycopg's own: nothing was said
        assert one.execute("SHOW plan_cache_mode").fetchone() == ("auto",)  # nor to whom it is handed on
