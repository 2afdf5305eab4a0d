"""What is left of a killed import is looked at whole: rows, beginnings of timelines, first stages."""

import pytest

from activities.models import Activity
from crm_project.proof import proving_imports
from crm_project.proof.people import Team
from crm_project.proof.torn_imports import Sheet, after_a_kill, unequal
from deals.models import StageChange


@pytest.mark.parametrize("here", [0, 3])
def test_all_or_nothing_is_left(here):
    assert after_a_kill(here, 3, keep_good=False) == []


def test_a_part_is_left_only_where_it_was_asked_for():
    assert after_a_kill(2, 3, keep_good=True) == []
    assert after_a_kill(2, 3, keep_good=False) == ["2 of 3 rows were left behind by a killed import"]


@pytest.mark.parametrize("parts", [[1], [1, 2, 2], [1, 2, 3], [1, 3]])
def test_deals_of_which_a_part_is_missing_or_doubled(parts):
    assert unequal([1, 2], [2, 1], "parts") == []
    assert unequal([1, 2], parts, "parts") == [f"2 deals have {len(parts)} parts"]


@pytest.mark.parametrize(
    ("part", "name"),
    [(Activity, "beginnings of their timeline"), (StageChange, "moves into their first stage")],
)
def test_a_half_that_is_left_behind_is_found(db, tmp_path, part, name):
    team = Team(1)
    sheet = Sheet(tmp_path, team, 2)
    assert sheet.halves() == []
    deal = team.deals(2)[0]
    assert sheet.halves() == []

    part.objects.filter(deal=deal).delete()

    assert sheet.halves() == [f"2 deals have 1 {name}"]


def test_an_import_that_was_done_too_early_is_tried_again_and_killed_sooner(db, tmp_path, monkeypatch):
    waited = []
    monkeypatch.setattr(proving_imports, "ROWS", 1)
    monkeypatch.setattr(
        proving_imports, "_kill", lambda sheet, after, *, keep_good: waited.append(after) or len(waited) > 2
    )

    proving_imports._torn(tmp_path, 10.0, keep_good=False)

    assert waited == pytest.approx([10.0, 8.0, 6.4])
