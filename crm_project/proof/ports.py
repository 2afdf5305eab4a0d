"""Ports for servers of the proofs' own."""

import os
import random
import socket

FIRST, LAST = (int(port) for port in os.environ.get("PROOF_PORTS", "8370-8399").split("-"))


def free_port() -> int:
    """Any that nobody listens on; not the next one, which a proof that runs beside this one would take too."""
    for port in random.sample(range(FIRST, LAST + 1), LAST + 1 - FIRST):
        with socket.socket() as candidate:
            candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if not _is_taken(candidate, port):
                return port
    raise RuntimeError(f"Every port from {FIRST} to {LAST} is taken: name others in PROOF_PORTS, as 9000-9030.")


def _is_taken(candidate: socket.socket, port: int) -> bool:
    try:
        candidate.bind(("127.0.0.1", port))
    except OSError:
        return True
    return False
