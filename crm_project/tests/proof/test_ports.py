"""A port belongs to the proof that took it, also while its server is down."""

import socket

import pytest

from crm_project.proof import ports


@pytest.fixture(autouse=True)
def _own_notes(monkeypatch, tmp_path):
    monkeypatch.setattr(ports.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(ports, "_held", [])


@pytest.fixture
def single(monkeypatch):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    monkeypatch.setattr(ports, "FIRST", port)
    monkeypatch.setattr(ports, "LAST", port)
    return port


def test_a_port_that_nobody_listens_on(single):
    assert ports.free_port() == single


def test_a_port_that_a_proof_has_taken_is_given_to_no_other(single):
    ports.free_port()

    with pytest.raises(RuntimeError, match="is taken: name others in PROOF_PORTS"):
        ports.free_port()
