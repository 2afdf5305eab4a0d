"""How the deals of the demo go, before any of them is told."""

from collections import Counter
from decimal import Decimal

import pytest

from crm_project.demo.alatau import ALATAU
from crm_project.demo.course import draw
from crm_project.demo.nordwind import NORDWIND
from deals.models import Status

pytestmark = pytest.mark.parametrize("script", [NORDWIND, ALATAU], ids=lambda script: script.slug)


def test_courses_are_drawn_the_same_every_time(script):
    assert draw(script) == draw(script)


def test_a_third_to_a_half_of_the_closed_deals_are_won(script):
    ends = Counter(course.status for course in draw(script))

    assert 1 / 3 < ends[Status.WON] / (ends[Status.WON] + ends[Status.LOST]) < 1 / 2


def test_no_deal_is_older_than_a_year(script):
    assert max(course.entered(0) for course in draw(script)) <= 355


def test_open_deals_go_on_until_today(script):
    assert {course.ended for course in draw(script) if course.is_open} == {0}


def test_no_customer_is_offered_the_same_twice(script):
    titles = Counter(course.title for course in draw(script))

    assert set(titles.values()) == {1}


def test_prices_are_within_the_range_of_the_product(script):
    for course in draw(script):
        worth = script.foreign[course.currency].worth if course.currency in script.foreign else Decimal(1)
        assert course.product.lowest * Decimal("0.95") <= course.quotation * worth <= course.product.highest
