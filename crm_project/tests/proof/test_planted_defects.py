"""Each proof, run as it is run by hand, fails when the promise that it proves is broken."""

import os
import subprocess
import sys

import pytest

from crm_project.proof.scratch import ROOT, Files

pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="runs on files of its own, once")
PLANTED = "crm_project.tests.proof.planted"


@pytest.fixture(scope="module")
def files():
    files = Files()
    yield files
    files.remove()


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
    ],
)
def test_a_planted_defect_is_found(files, planted, proof, found):
    environment = {**files.environment(), "PLANTED": planted}

    code, said = manage(environment, "prove", *proof, "--application", PLANTED)

    assert (code, "VIOLATION" in said, found in said) == (1, True, True)


def test_a_proof_does_not_write_into_a_database_with_people(files):
    environment = files.environment()
    make = "from organizations.users import User; User.objects.create_user('olga@example.com', name='Olga')"
    manage(environment, "shell", "-c", make)

    code, said = manage({**environment, "PYTHONWARNINGS": "ignore"}, "prove", "races")

    refusal = "CommandError: This database holds people. Name an empty one in DATABASE_URL: proofs write into it.\n"
    assert (code, said) == (1, refusal)
