"""The figures that the proof of the cache counts itself, and the differences that it finds."""

from crm_project.proof.people import Team
from crm_project.proof.proving_cache import differences, recount


def test_figures_are_counted_from_the_rows(db):
    team = Team(1)
    team.deals(2, amount=5)
    team.deal(amount=7, status="won")

    assert recount(team) == {
        "total_deals": 3,
        "count_by_status": {"new": 2, "in_progress": 0, "won": 1, "lost": 0},
        "amount_by_status": {"new": "10.00", "in_progress": "0.00", "won": "7.00", "lost": "0.00"},
    }


def test_a_figure_that_is_stale_is_found():
    shown, counted = {"total_deals": 2, "days": 30}, {"total_deals": 3}

    assert differences(shown, counted) == ["total_deals was shown as 2, it is 3"]
    assert differences({"total_deals": 3}, counted) == []
