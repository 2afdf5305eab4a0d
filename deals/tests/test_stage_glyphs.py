"""The ring of a stage: how far the way is, in one of five colors."""

import pytest

from deals.pipelines import Stage
from deals.templatetags.stages import outcome_glyph, stage_glyph, tone


@pytest.mark.parametrize(
    ("position", "places", "expected"), [(1, 4, 1), (4, 4, 4), (1, 10, 1), (3, 10, 2), (10, 10, 5)]
)
def test_more_stages_than_colors_share_them_in_order(position, places, expected):
    stage = Stage(position=position)
    stage.places = places

    assert tone(stage) == expected


def test_ring_is_full_after_the_last_stage(organization):
    glyphs = [stage_glyph(stage) for stage in Stage.objects.filter(organization=organization).counted()]

    assert [glyph.partition('stroke-dasharray="')[2][:2] for glyph in glyphs] == ["20", "40", "60", "80"]


def test_outcome_is_a_disc_with_its_mark():
    assert [glyph.count("disc") for glyph in (outcome_glyph("won"), outcome_glyph("lost"))] == [1, 1]
