"""The Russian catalog says all that the pages say, and what is compiled is what is written."""

import os
import shutil
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.core.management import call_command

CATALOG = Path(__file__).parents[2] / "locale" / "ru" / "LC_MESSAGES" / "django.po"
MEND = "Run `make messages`, then translate what is empty."


def messages(path):
    with path.open("rb") as file:
        catalog = read_po(file, locale="ru") if path.suffix == ".po" else read_mo(file)
    return {(context(message), key(message)): message for message in catalog if message.id}


def context(message):
    """Babel reads it as bytes from what is compiled."""
    return message.context.decode() if isinstance(message.context, bytes) else message.context


def key(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message):
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_nothing_is_left_untranslated():
    wrong = [words for (_, words), message in messages(CATALOG).items() if message.fuzzy or not all(forms(message))]

    assert wrong == [], MEND


def test_compiled_catalog_is_the_written_one():
    written, compiled = messages(CATALOG), messages(CATALOG.with_suffix(".mo"))

    assert {words: forms(message) for words, message in compiled.items()} == {
        words: forms(message) for words, message in written.items()
    }, MEND


@pytest.fixture
def extracted(monkeypatch):
    """The messages that the source has now."""
    if not shutil.which("xgettext"):
        missing = "NO CHECK OF THE CATALOG'S COMPLETENESS: there is no xgettext. Install gettext."
        pytest.fail(missing) if os.environ.get("REQUIRE_SERVICES") else pytest.skip(missing)
    scratch = CATALOG.parents[2] / "eo"  # nobody here reads Esperanto yet
    monkeypatch.chdir(CATALOG.parents[3])
    try:
        call_command("makemessages", locale=[scratch.name], ignore_patterns=[".venv/*", "var/*"], verbosity=0)
        return messages(scratch / "LC_MESSAGES" / "django.po")
    finally:
        shutil.rmtree(scratch)


def test_catalog_has_the_messages_of_the_source(extracted):
    assert sorted(extracted, key=str) == sorted(messages(CATALOG), key=str), MEND
