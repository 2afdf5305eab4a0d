"""What the proofs need of the machine: programs, ports, and the workers of a server."""

import os
import socket
import subprocess
import sys

import pytest

from crm_project.proof import ports, services
from crm_project.proof.server import Server, workers_of


def test_a_program_that_is_not_installed_is_named():
    with pytest.raises(services.Missing, match=r"^no-such-program is not installed\.$"):
        services.program("no-such-program")


def test_a_program_is_found_in_its_own_folder(tmp_path):
    program = tmp_path / "15" / "bin" / "initdb"
    program.parent.mkdir(parents=True)
    program.write_text("")
    program.chmod(0o755)

    assert services.program("initdb", f"{tmp_path.relative_to('/')}/*/bin") == str(program)


def test_a_port_that_is_taken_is_not_offered(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(ports, "FIRST", port)
        monkeypatch.setattr(ports, "LAST", port)

        with pytest.raises(RuntimeError, match="PROOF_PORTS"):
            ports.free_port()

    assert ports.free_port() == port


def test_a_cluster_is_known_again_by_its_address(monkeypatch):
    monkeypatch.setenv(services.CLUSTER, "/tmp/cluster:8390")
    cluster = services.Cluster.handed()

    assert (cluster.address, cluster.url("x")) == ("/tmp/cluster:8390", "postgres://postgres@127.0.0.1:8390/x")


def test_a_proof_that_was_handed_no_cluster_is_skipped(monkeypatch):
    monkeypatch.delenv(services.CLUSTER, raising=False)

    with pytest.raises(services.Missing, match="make prove"):
        services.Cluster.handed()


def test_workers_are_the_children_of_their_master():
    child = subprocess.Popen((sys.executable, "-c", "input()"), stdin=subprocess.PIPE)
    try:
        assert child.pid in workers_of(os.getpid())
    finally:
        child.kill()
        child.communicate()


def test_a_server_that_does_not_start_is_not_waited_for():
    server = Server(application="crm_project.no_such_module")
    server.start()

    with pytest.raises(RuntimeError, match=r"^The server ended before it answered\.$"):
        server.wait()
