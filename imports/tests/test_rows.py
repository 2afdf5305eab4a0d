"""A CSV file is read row by row; each row knows its line."""

import pytest
from django.core.exceptions import ValidationError

from imports.rows import Row, Sheet


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def read(content):
        path = tmp_path / "rows.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Sheet(path.relative_to(tmp_path))

    return read


def test_row_begins_at_its_line_even_after_blank_and_long_ones(sheet):
    rows = list(sheet('name,note\nAnn,"two\nlines"\n\nBob,one\r\nCid,\n'))

    assert [(row.line, row.cells()) for row in rows] == [
        (2, {"name": "Ann", "note": "two\nlines"}),
        (5, {"name": "Bob", "note": "one"}),
        (6, {"name": "Cid", "note": ""}),
    ]


def test_byte_order_mark_and_spaces_do_not_matter(sheet):
    rows = sheet(b"\xef\xbb\xbfname , note\n  Ann ,hello\n")

    assert [row.cells() for row in rows] == [{"name": "Ann", "note": "hello"}]


def test_sheet_knows_how_many_rows_it_has(sheet):
    assert len(sheet("name\nAnn\n\nBob")) == 2


def test_row_of_another_width_is_refused():
    with pytest.raises(ValidationError) as refusal:
        Row(2, ["name", "note"], ["Ann"]).cells()

    assert refusal.value.messages == ["This row has 1 cells, the header has 2."]


def test_control_character_is_refused_at_its_column():
    with pytest.raises(ValidationError) as refusal:
        Row(2, ["name"], ["A\x00nn"]).cells()

    assert refusal.value.message_dict == {"name": ["Remove the control characters from this text."]}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "rows.csv has no rows."),
        ("name\n", "rows.csv has no rows."),
        (b"name\n\xff\xfe\n", "rows.csv is not text in UTF-8."),
        ('name\n"Ann" Lee\n', "rows.csv:2: ',' expected after '\"'."),
    ],
)
def test_file_that_is_no_csv_is_refused_in_one_sentence(sheet, content, sentence):
    with pytest.raises(ValidationError) as refusal:
        sheet(content)

    assert refusal.value.messages == [sentence]


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ValidationError) as refusal:
        Sheet(tmp_path / "none.csv")

    assert refusal.value.messages == [f"There is no file {tmp_path / 'none.csv'}."]


def test_header_without_the_column_is_refused(sheet):
    with pytest.raises(ValidationError) as refusal:
        sheet("name\nAnn\n").refuse_unless_has({"name", "mail"})

    assert refusal.value.messages == ['The header of rows.csv has no column "mail".']


def test_header_with_the_column_twice_is_refused(sheet):
    with pytest.raises(ValidationError) as refusal:
        sheet("name,name\nAnn,Bob\n").refuse_unless_has({"name"})

    assert refusal.value.messages == ['The header of rows.csv has the column "name" twice.']
