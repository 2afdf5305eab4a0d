"""A mapping says which field gets which text of a row."""

import pytest
from django.core.exceptions import ValidationError

from imports.mapping_file import read_mapping

KNOWN = {"title", "amount", "status", "stage", "owner.email", "owner.name", "contact.name"}


@pytest.fixture
def mapping(tmp_path):
    def read(text):
        path = tmp_path / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        return read_mapping(path, KNOWN)

    return read


def test_field_is_a_column(mapping):
    assert mapping('fields.title = "Subject"').values({"Subject": "Roof"}) == {"title": "Roof"}


def test_field_is_a_text_with_columns_in_it(mapping):
    wanted = mapping('fields.title = "{product} for {account}"')

    assert wanted.values({"product": "Roof", "account": "Acme"}) == {"title": "Roof for Acme"}


def test_text_makes_an_address_of_a_name(mapping):
    wanted = mapping('fields.owner.email = "{agent|slug}@sales.example"')

    assert wanted.values({"agent": "Mei-Mei Johns"}) == {"owner.email": "mei-mei-johns@sales.example"}


def test_text_is_empty_where_one_of_its_columns_is(mapping):
    wanted = mapping('fields.title = "{product} for {account}"')

    assert wanted.values({"product": "Roof", "account": ""}) == {"title": ""}


def test_default_takes_the_place_of_what_is_empty(mapping):
    wanted = mapping(
        """
        fields.title = "{product} for {account}"
        defaults.title = "{product}"
        fields.contact.name = "person"
        defaults.contact.name = "Nobody"
        """
    )

    assert wanted.values({"product": "Roof", "account": "", "person": "Ann"}) == {
        "title": "Roof",
        "contact.name": "Ann",
    }


def test_default_may_find_a_neighbor_in_another_way(mapping):
    wanted = mapping('fields.owner.email = "mail"\ndefaults.owner.name = "Olga"')

    assert wanted.values({"mail": ""}) == {"owner.name": "Olga"}


def test_default_alone_is_the_same_in_every_row(mapping):
    assert mapping("defaults.amount = 0").values({}) == {"amount": "0"}


def test_one_value_says_several_fields(mapping):
    wanted = mapping('when.phase.Engaging = { status = "in_progress", stage = "proposal" }')

    assert wanted.values({"phase": "Engaging"}) == {"status": "in_progress", "stage": "proposal"}


def test_value_that_no_case_knows_is_refused(mapping):
    wanted = mapping('when.phase.Engaging = { status = "in_progress" }')

    with pytest.raises(ValidationError) as refusal:
        wanted.values({"phase": "Dreaming"})

    assert refusal.value.message_dict == {"phase": ['The mapping does not say what "Dreaming" means.']}


def test_value_is_replaced_wherever_it_is_used(mapping):
    wanted = mapping('fields.title = "{product} roof"\nreplace.product.GTXPro = "GTX Pro"')

    assert wanted.values({"product": "GTXPro"}) == {"title": "GTX Pro roof"}
    assert wanted.values({"product": "MG"}) == {"title": "MG roof"}


def test_mapping_knows_the_columns_that_it_needs(mapping):
    wanted = mapping(
        """
        fields.title = "{a} {b|slug}"
        defaults.title = "{c}"
        when.d.x = { status = "{e}" }
        replace.f.x = "y"
        """
    )

    assert wanted.columns() == {"a", "b", "c", "d", "e", "f"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("fields.title = ", "{path} is no TOML: Invalid value (at end of document)."),
        ('fields.titel = "a"', '{path}: There is no field "titel". Choose from: ' + ", ".join(sorted(KNOWN)) + "."),
        ('when.a.b.color = "red"', '{path}: There is no field "color". Choose from: ' + ", ".join(sorted(KNOWN)) + "."),
        ('field.title = "a"', '{path}: There is no table "field". Choose from: fields, defaults, when, replace.'),
        ('fields = "a"', '{path}: "fields" is no table.'),
        ('when.a = "b"', '{path}: "when" is no table.'),
        ("fields.title = [1]", '{path}: Write "[1]" in [fields] as a text.'),
        ("replace.a.b = true", '{path}: Write "True" in [replace.a] as a text.'),
        ('fields.title = "{a"', '{path}: "{a" is no text with {column} or {column|slug} in it.'),
        ('fields.title = "{a|loud}"', '{path}: "{a|loud}" is no text with {column} or {column|slug} in it.'),
        ('fields.status = "a"\nwhen.b.c.status = "new"', '{path}: The field "status" is set twice.'),
        ('fields.owner = {email = "a", name = "b"}', '{path}: The field "owner" is set twice.'),
    ],
)
def test_wrong_mapping_is_refused_in_one_sentence(mapping, tmp_path, text, sentence):
    with pytest.raises(ValidationError) as refusal:
        mapping(text)

    assert refusal.value.messages == [sentence.replace("{path}", str(tmp_path / "mapping.toml"))]


def test_mapping_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ValidationError) as refusal:
        read_mapping(tmp_path / "none.toml", KNOWN)

    assert refusal.value.messages == [f"There is no mapping {tmp_path / 'none.toml'}."]
