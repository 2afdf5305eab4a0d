"""Whoever calls the command wrongly is told so in one sentence."""

import sys

import pytest
from django.core.management import CommandError, call_command

from contacts.models import Company

MAPPING = 'fields.name = "name"\ndefaults.owner.name = "Olga Owner"'


@pytest.fixture
def refusal(tmp_path, monkeypatch, organization):
    """The sentence that the command ends with."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.csv").write_text("name\nAcme\n")
    (tmp_path / "good.toml").write_text(MAPPING)

    def call(kind="companies", file="good.csv", mapping="good.toml", slug=organization.slug):
        with pytest.raises(CommandError) as refused:
            call_command("import_csv", kind, file, "--organization", slug, "--mapping", mapping)
        return str(refused.value)

    return call


def test_file_must_be_there(refusal):
    assert refusal(file="none.csv") == "There is no file none.csv."


def test_directory_is_no_file(refusal, tmp_path):
    assert refusal(file=str(tmp_path)) == f"There is no file {tmp_path}."


def test_organization_must_be_there(refusal):
    assert refusal(slug="nobody") == "There is no organization nobody."


def test_mapping_must_be_there(refusal):
    assert refusal(mapping="none.toml") == "There is no mapping none.toml."


def test_mapping_must_be_toml(refusal, tmp_path):
    (tmp_path / "bad.toml").write_text("name: no")

    assert refusal(mapping="bad.toml") == (
        "bad.toml is no TOML: Expected '=' after a key in a key/value pair (at line 1, column 5)."
    )


def test_kind_must_be_known(refusal):
    sentence = refusal(kind="tasks")

    assert sentence.startswith("Error: argument kind: invalid choice: 'tasks'")


def test_mapping_names_fields_of_this_kind(refusal, tmp_path):
    (tmp_path / "bad.toml").write_text('fields.amount = "name"')

    assert refusal(mapping="bad.toml") == (
        'bad.toml: There is no field "amount". Choose from: '
        "address, created_at, domain, external_id, name, owner.email, owner.name, phone."
    )


@pytest.mark.parametrize("column", ["id", "version", "updated_at", "organization", "search_text", "owner"])
def test_mapping_fills_nothing_that_is_the_hall_s_own(refusal, tmp_path, column):
    (tmp_path / "bad.toml").write_text(f'fields.{column} = "name"')

    assert refusal(mapping="bad.toml").startswith(f'bad.toml: There is no field "{column}".')


def test_header_must_have_the_columns(refusal, tmp_path):
    (tmp_path / "other.csv").write_text("title\nAcme\n")

    assert refusal(file="other.csv") == 'The header of other.csv has no column "name".'


def test_file_must_have_rows(refusal, tmp_path):
    (tmp_path / "empty.csv").write_text("")

    assert refusal(file="empty.csv") == "empty.csv has no rows."


def test_broken_file_is_found_before_anything_is_written(refusal, tmp_path, owner):
    (tmp_path / "broken.csv").write_text('name\nAcme\n"Bolt" Inc\n')

    assert refusal(file="broken.csv") == "broken.csv:3: ',' expected after '\"'."
    assert Company.objects.count() == 0


@pytest.mark.parametrize("watching", [True, False])
def test_progress_is_shown_to_who_is_watching(import_csv, owner, capsys, monkeypatch, watching):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: watching)

    import_csv("companies", "name\nAcme\n", MAPPING)

    assert ("companies: 100%" in capsys.readouterr().err) is watching
