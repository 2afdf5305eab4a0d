"""Who asks for nothing to be tried is told so, and not that every promise holds."""

import pytest
from django.core.management import CommandError, call_command

from crm_project.proof import frame


@pytest.mark.parametrize(
    "command",
    [
        ("prove", "races", "--rounds=0"),
        ("prove", "kills", "--writes=-1"),
        ("prove_hostile", "--count=many"),
        ("prove_isolation", "--ids=0"),
        ("prove_isolation", "--thinning=0"),
    ],
)
def test_nothing_to_try_is_refused(command):
    with pytest.raises(CommandError, match="is no whole number from 1"):
        call_command(*command)


def test_a_proof_that_is_not_there_is_refused(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["frame", "--only", "nowhere"])

    with pytest.raises(SystemExit):
        frame.main()

    assert "no proof is named 'nowhere'; there are isolation, hostile input" in capsys.readouterr().err
