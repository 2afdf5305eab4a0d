"""How everything is spread over the organizations, and activities over deals."""

from random import Random

import pytest

from crm_project.volume.shares import Share, draw_shares, share_out, shares
from crm_project.volume.size import PRESETS, Size


def test_one_organization_has_half_of_everything():
    found = shares(PRESETS["million"])

    assert found[0] == Share(deals=499_501, contacts=499_501, activities=2_497_505)


def test_the_others_fall_off():
    deals = [share.deals for share in shares(Size(organizations=6, deals=1000, contacts=6, activities=1000))]

    assert deals == [498, 219, 109, 74, 55, 45]


@pytest.mark.parametrize("size", PRESETS.values(), ids=PRESETS)
def test_the_parts_are_together_the_whole(size):
    found = shares(size)

    assert len(found) == size.organizations
    assert sum(share.deals for share in found) == size.deals
    assert sum(share.contacts for share in found) == size.contacts
    assert sum(share.activities for share in found) == size.activities


@pytest.mark.parametrize("size", PRESETS.values(), ids=PRESETS)
def test_nobody_has_nothing_and_each_deal_an_activity(size):
    found = shares(size)

    assert all(share.contacts >= 1 and share.companies >= 1 for share in found)
    assert all(share.activities >= share.deals >= 1 for share in found)


def test_a_single_organization_has_everything():
    assert shares(Size(organizations=1, deals=7, contacts=11, activities=30)) == [Share(7, 11, 30)]


def test_ten_contacts_are_of_one_company():
    assert Share(deals=1, contacts=21, activities=1).companies == 3


def test_what_is_shared_out_is_whole():
    assert share_out(10, [3, 3, 3]) == [3, 4, 3]


def test_parts_drawn_by_chance_are_together_the_whole():
    drawn = list(draw_shares(5000, 1000, Random("seed")))

    assert (len(drawn), sum(drawn), min(drawn)) == (1000, 5000, 1)
    assert max(drawn) > 20


def test_nothing_beyond_one_each_leaves_one_each():
    assert list(draw_shares(3, 3, Random("seed"))) == [1, 1, 1]
