"""Ports for servers of the proofs' own."""

import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path
from typing import IO

FIRST, LAST = (int(port) for port in os.environ.get("PROOF_PORTS", "8370-8399").split("-"))
_held: list[IO[str]] = []


def free_port() -> int:
    """Any that nobody listens on; it is no other proof's while this process lives, also when its server is down."""
    for port in random.sample(range(FIRST, LAST + 1), LAST + 1 - FIRST):
        if not _is_taken(port) and _hold(port):
            return port
    raise RuntimeError(f"Every port from {FIRST} to {LAST} is taken: name others in PROOF_PORTS, as 9000-9030.")


def _is_taken(port: int) -> bool:
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _hold(port: int) -> bool:
    """The lock goes with the process, however that ends."""
    try:
        note = (Path(tempfile.gettempdir()) / f"kontor-proof-port-{port}").open("a")
        fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    _held.append(note)
    return True
