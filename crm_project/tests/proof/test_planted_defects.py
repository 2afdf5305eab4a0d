"""Each proof, run as it is run by hand, fails when the promise that it proves is broken."""

import os
import subprocess
import sys

import pytest

from crm_project.proof.scratch import ROOT, Databases, Files
from crm_project.proof.services import Missing

pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="runs on files of its own, once")
PLANTED = "crm_project.tests.proof.planted"


@pytest.fixture(scope="module")
def files():
    files = Files()
    yield files
    files.remove()


@pytest.fixture
def cluster():
    try:
        databases = Databases()
    except Missing as reason:
        if os.environ.get("REQUIRE_SERVICES"):
            raise
        pytest.skip(f"{reason}")
    yield databases
    databases.remove()


def manage(environment, *words):
    command = (sys.executable, "manage.py", *words)
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("planted", "proof", "found"),
    [
        ("lost_update", ("races", "--only=different fields", "--rounds=1"), "version"),
        ("forgotten_lock", ("races", "--only=last owner", "--rounds=2"), "owners went"),
        ("silent_except", ("kills", "--rounds=1", "--writes=60"), "acknowledged was"),
        ("late_timeline", ("kills", "--rounds=3", "--writes=60"), "the timeline"),
        ("stale_figures", ("cache", "--rounds=1"), "was shown as"),
        ("boundless_bodies", ("patience", "--rounds=1"), "a giant body was never answered 413"),
        ("no_word_for_a_full_disk", ("storage", "--rounds=1"), "answered 500"),
    ],
)
def test_a_planted_defect_is_found(files, planted, proof, found):
    environment = {**files.environment(), "PLANTED": planted}

    code, said = manage(environment, "prove", *proof, "--application", PLANTED)

    assert (code, "VIOLATION" in said, found in said) == (1, True, True)


def test_what_a_crash_of_the_database_takes_away_is_found(cluster):
    cluster.cluster.stop()
    with (cluster.cluster.folder / "data" / "postgresql.auto.conf").open("a") as settings:
        settings.write("wal_writer_delay = 10s\n")  # so long what is not waited for may stay in memory
    cluster.cluster.start()
    environment = {**cluster.environment(), "PLANTED": "early_commit"}

    code, said = manage(environment, "prove", "outages", "--rounds=3", "--writes=60", "--application", PLANTED)

    assert (code, "VIOLATION" in said, "the deal is not there" in said or "acknowledged was" in said) == (1, True, True)


def test_a_proof_does_not_write_into_a_database_with_people(files):
    environment = files.environment()
    make = "from organizations.users import User; User.objects.create_user('olga@example.com', name='Olga')"
    manage(environment, "shell", "-c", make)

    code, said = manage({**environment, "PYTHONWARNINGS": "ignore"}, "prove", "races")

    refusal = "CommandError: This database holds people. Name an empty one in DATABASE_URL: proofs write into it.\n"
    assert (code, said) == (1, refusal)
