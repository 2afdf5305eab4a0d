"""Which amounts can be had at all."""

import pytest

from crm_project.volume.size import PRESETS, Size

MODEST = {"organizations": 2, "deals": 3, "contacts": 3, "activities": 4}


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_make_sense(preset):
    assert PRESETS[preset].objection() is None


def test_the_large_preset_is_a_million():
    assert PRESETS["million"] == Size(1_000, 1_000_000, 1_000_000, 5_000_000)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"organizations": 0}, "--organizations is a whole number from 1 to 100000."),
        ({"organizations": 100_001}, "--organizations is a whole number from 1 to 100000."),
        ({"deals": -1}, "--deals is a whole number from 1 to 100000000."),
        ({"contacts": 100_000_001}, "--contacts is a whole number from 1 to 100000000."),
        (
            {"deals": 1},
            "Each organization has a deal and a contact: ask for at least as many of them as of organizations.",
        ),
        (
            {"contacts": 1},
            "Each organization has a deal and a contact: ask for at least as many of them as of organizations.",
        ),
        (
            {"activities": 2},
            "Each deal has an activity, that of its creation: ask for at least as many activities as deals.",
        ),
    ],
)
def test_nonsense_is_refused_in_a_sentence(changes, sentence):
    assert Size(**{**MODEST, **changes}).objection() == sentence


def test_as_few_as_can_be_are_taken():
    assert Size(organizations=1, deals=1, contacts=1, activities=1).objection() is None
