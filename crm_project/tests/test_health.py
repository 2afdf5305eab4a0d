"""What the process says of itself to whatever watches it."""

from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

CLOSED_PORT = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}}


def test_alive_asks_nobody(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_with_everything_in_place(client, db):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok", "cache": "ok"}


def test_not_ready_without_a_database(client, db, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", fail)
        response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "database": "does not answer",
        "migrations": "unknown",
        "cache": "ok",
    }


def test_not_ready_with_a_migration_pending(client, db):
    newest = MigrationLoader(connection).graph.leaf_nodes("tasks")[0]
    MigrationRecorder(connection).record_unapplied(*newest)

    response = client.get("/readyz")

    assert (response.status_code, response.json()["migrations"]) == (503, "1 pending")


def test_ready_without_a_cache(client, db, settings):
    settings.CACHES = CLOSED_PORT

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok", "cache": "does not answer"}
