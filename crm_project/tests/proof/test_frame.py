"""The frame fails for a broken promise, for a proof that tried too little, and for a service that is missing."""

import pytest

from crm_project.proof import frame, grounds
from crm_project.proof.frame import Outcome, findings, run, told
from crm_project.proof.proofs import POSTGRESQL, PROOFS, SQLITE, Proof
from crm_project.proof.services import Missing
from crm_project.proof.verdict import Verdict

KILLS = Proof("kills", ("prove", "kills"), at_least={"kills": 20}, at_most={"slowest back": 5})
GOOD = {"kills": 20, "slowest back": 4.9, "acknowledged": 10_000}


def found(*verdicts, short=False):
    return list(findings([Outcome(KILLS, SQLITE, 1, verdict) for verdict in verdicts], short=short))


@pytest.fixture(autouse=True)
def _services_may_be_missing(monkeypatch):
    monkeypatch.delenv("REQUIRE_SERVICES", raising=False)


def test_every_promise_holds():
    assert found(Verdict(GOOD)) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"kills": 19}, "kills on SQLite: kills is 19, at least 20 is promised"),
        ({"slowest back": 5.1}, "kills on SQLite: slowest back is 5.1, at most 5 is promised"),
        ({"acknowledged": 9_999}, "acknowledged in all: 9999, not 10000"),
    ],
)
def test_less_than_is_promised(changed, expected):
    assert found(Verdict({**GOOD, **changed})) == [expected]


def test_a_proof_without_figures_proves_nothing():
    assert len(found(Verdict({}))) == 3


def test_the_short_form_is_judged_by_its_violations_alone():
    assert found(Verdict({"kills": 2}), short=True) == []
    assert found(Verdict({"kills": 2}, ["deal 4: lost"]), short=True) == ["kills on SQLite: deal 4: lost"]


def test_writes_are_added_up_over_all_proofs():
    half = {**GOOD, "acknowledged": 5_000}

    assert found(Verdict(half), Verdict(half)) == []


def test_what_is_missing_is_said_and_fails_where_it_must_not(monkeypatch):
    missing = Verdict(skipped=["redis-server is not installed."])
    assert found(missing, short=True) == []

    monkeypatch.setenv("REQUIRE_SERVICES", "1")

    assert found(missing, short=True) == ["kills on SQLite was skipped: redis-server is not installed."]


def test_a_database_that_is_not_installed_is_skipped_loudly(monkeypatch):
    def missing():
        raise Missing("initdb is not installed.")

    monkeypatch.setattr(grounds, "SCRATCHES", {SQLITE: missing, POSTGRESQL: missing})

    outcomes = frame.run_all([KILLS], short=True, until=0)

    assert [(outcome.database, outcome.verdict.skipped) for outcome in outcomes] == [
        (SQLITE, ["initdb is not installed."]),
        (POSTGRESQL, ["initdb is not installed."]),
    ]
    assert "    SKIPPED: initdb is not installed." in told(outcomes, [], seconds=1, load=0)


def proof_of(command, tmp_path, monkeypatch, *, seconds=60):
    (tmp_path / "manage.py").write_text(command)
    monkeypatch.setattr(frame, "ROOT", tmp_path)
    return run(KILLS, SQLITE, {}, short=True, until=frame.time.monotonic() + seconds).verdict


def test_a_command_that_fails_breaks_its_promise(tmp_path, monkeypatch):
    verdict = proof_of("raise SystemExit('no such table')", tmp_path, monkeypatch)

    assert verdict.violations == ["no such table"]


def test_a_command_that_does_not_end_breaks_its_promise(tmp_path, monkeypatch):
    verdict = proof_of("import time; time.sleep(60)", tmp_path, monkeypatch, seconds=1)

    assert verdict.violations == ["It did not end in the time that there is."]


def test_a_command_that_there_is_no_time_for_is_not_begun(tmp_path, monkeypatch):
    verdict = proof_of("raise SystemExit('begun')", tmp_path, monkeypatch, seconds=0)

    assert verdict.violations == ["There was no time left for it."]


def test_a_command_may_write_its_figures_flat(tmp_path, monkeypatch):
    verdict = proof_of("import sys; open(sys.argv[-1], 'w').write('{\"routes\": 9}')", tmp_path, monkeypatch)

    assert (verdict.figures, verdict.violations) == ({"routes": 9}, [])


def test_the_proofs_have_names_of_their_own():
    assert len({proof.name for proof in PROOFS}) == len(PROOFS)


def test_the_report_ends_with_what_is_broken():
    outcome = Outcome(KILLS, SQLITE, 1.4, Verdict({"kills": 20, "acknowledged": 7}, ["deal 4: lost"]))

    lines = list(told([outcome], ["kills on SQLite: deal 4: lost"], seconds=61, load=0.34))

    assert lines[1:] == [
        "load of other work when it began: 0.3",
        "acknowledged in all: 7",
        "",
        "kills on SQLite (1 seconds)",
        "    kills: 20",
        "    acknowledged: 7",
        "    VIOLATION: deal 4: lost",
        "",
        "BROKEN: kills on SQLite: deal 4: lost",
        "1 promises are broken.",
    ]
