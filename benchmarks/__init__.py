"""Where the figures of the README come from. Nothing here is asserted: machines are noisy.

They run on a database of their own, `var/benchmark.sqlite3` made anew, or the empty one that DATABASE_URL names.
"""

import os
from pathlib import Path

import django

FILE = Path(__file__).resolve().parent.parent / "var" / "benchmark.sqlite3"

if "DATABASE_URL" not in os.environ:
    FILE.parent.mkdir(exist_ok=True)
    for path in FILE.parent.glob(f"{FILE.name}*"):
        path.unlink()
    os.environ["DATABASE_URL"] = f"sqlite:///{FILE}"
os.environ["CRM_THROTTLE"] = "off"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm_project.settings")
django.setup()
