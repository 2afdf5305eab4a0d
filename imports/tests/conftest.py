"""`import_csv(kind, text, mapping)` runs the command on a file with this text and tells what it said."""

from dataclasses import dataclass
from io import StringIO
from textwrap import dedent

import pytest
from django.core.management import CommandError, call_command


@dataclass
class Answer:
    said: str
    refusals: list[str]
    error: str


@pytest.fixture
def import_csv(tmp_path, organization, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(kind, text, mapping, *options):
        (tmp_path / "rows.csv").write_text(dedent(text).lstrip(), encoding="utf-8", newline="")
        (tmp_path / "mapping.toml").write_text(dedent(mapping), encoding="utf-8")
        said, refusals, error = StringIO(), StringIO(), ""
        words = ["rows.csv", "--mapping", "mapping.toml", "--organization", organization.slug, *options]
        try:
            call_command("import_csv", kind, *words, stdout=said, stderr=refusals, no_color=True)
        except CommandError as refused:
            error = str(refused)
        return Answer(said.getvalue().strip(), refusals.getvalue().splitlines(), error)

    return run
