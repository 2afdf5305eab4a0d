"""`python -m crm_project.tests.hostile --count 20000 --json FILE`: hostile requests, and as many made from the schema.

In this process, against a database that is made for it and thrown away. Exits with 1 where anything is wrong.
"""

import argparse
import json
import logging
import os
import sys
import time
import warnings
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm_project.tests.settings")
warnings.simplefilter("ignore")
django.setup()

from django.conf import settings  # noqa: E402 once there are settings
from django.db import connection  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402

from crm_project.tests.hostile.judging import attack  # noqa: E402
from crm_project.tests.hostile.requests import BySchema, hostile  # noqa: E402
from crm_project.tests.hostile.world import World  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m crm_project.tests.hostile", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="requests of each of the two kinds")
    parser.add_argument("--json", type=Path, help="where to write the summary")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    kinds = against_a_database_of_its_own(options.count, options.seed)
    summary = {"seconds": round(time.monotonic() - began), "database": connection.vendor, "seed": options.seed, **kinds}
    if options.json:
        options.json.write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n")
    return say(kinds)


def against_a_database_of_its_own(count: int, seed: int) -> dict[str, dict]:
    logging.disable(logging.CRITICAL)
    test = connection.settings_dict["TEST"]
    test["NAME"] = settings.VAR_DIR / "hostile.sqlite3" if connection.vendor == "sqlite" else "test_hostile"
    before = connection.settings_dict["NAME"]
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        world = World()
        attacks = {"hostile": hostile, "by_schema": BySchema()}
        return {name: attack(make, count, world, seed).summary() for name, make in attacks.items()}
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()


def say(kinds: dict[str, dict]) -> int:
    for name, found in kinds.items():
        sys.stdout.write(
            f"{name}: {found['requests']} requests, {found['failures']} failures,"
            f" {found['values_read_again']} values read again, {found['wrong']} wrong\n"
        )
        sys.stdout.writelines(f"  {example}\n" for example in found["examples"])
    return int(any(found["wrong"] for found in kinds.values()))


if __name__ == "__main__":
    sys.exit(main())
