"""Keeps the installation's secret key in a file that only its owner can read."""

import os
import secrets
from pathlib import Path


def read_or_create(path: Path) -> str:
    """The key in this file; the first caller writes a new one, readable by the owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
