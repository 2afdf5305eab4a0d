"""The page of one deal."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.tests.factories import CompanyFactory
from deals.course import course_of
from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from organizations.tenancy import clock

NOW = timezone.now()


def stage(slug):
    return Stage.objects.get(slug=slug)


def days_ago(days):
    return clock.at(NOW - timedelta(days=days))


@pytest.fixture
def moved(owner):
    """A deal that stood in its first stage for two days, skipped the second, and is in the third for nine."""
    with days_ago(11):
        deal = DealFactory(by=owner, title="Roof", amount="12400", company=CompanyFactory(by=owner, name="Alster"))
    deal.stage = stage("negotiation")
    with days_ago(9):
        return deal.save_by(owner)


def steps(page):
    """Each stage with the days spent in it, and what stands before its name."""
    found = re.findall(r'<li( class="is-done")?><button (.*?)>(.*?)</button>', page.html, re.DOTALL)
    words = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip() for _, _, text in found]
    marks = ["now" if "aria-current" in attributes else "done" if done else "" for done, attributes, _ in found]
    return list(zip(words, marks, strict=True))


def test_deal_with_all_that_is_known(at, owner, moved):
    page = at(owner).read(f"deals/{moved.pk}/")

    assert (page.status, page.heading, page.all(r'class="amount">(.*?)</p>')) == (200, "Roof", ["€12,400"])
    assert page.properties == {
        "Title": "Roof",
        "Amount": "€12,400",
        "Currency": "EUR",
        "Expected close": "Add",
        "Contact": moved.contact.name,
        "Company": "Alster",
        "Owner": "Olga Owner",
        "Created": f"{moved.created_at:%-d %b %Y}",
    }


def test_stages_with_the_days_that_the_deal_stood_there(at, owner, moved):
    assert steps(at(owner).read(f"deals/{moved.pk}/")) == [
        ("Qualification 2 d", "done"),
        ("Proposal", "done"),
        ("Negotiation 9 of 21 d", "now"),
        ("Closed", ""),
    ]


def test_days_of_a_stage_that_the_deal_came_back_to_are_added_up(at, owner, moved):
    moved.stage = stage("qualification")
    with days_ago(4):
        moved.save_by(owner)

    assert [words for words, _ in steps(at(owner).read(f"deals/{moved.pk}/"))] == [
        "Qualification 6 of 14 d",
        "Proposal",
        "Negotiation 5 d",
        "Closed",
    ]


def test_days_of_a_closed_deal_end_with_it(at, owner, moved):
    moved.status, moved.lost_reason = "lost", "Too dear\n<b>"
    with days_ago(1):
        moved.save_by(owner)

    page = at(owner).read(f"deals/{moved.pk}/")

    assert steps(page)[2] == ("Negotiation 8 d", "now")
    assert page.all(r'class="badge bad">.*?</svg>(\w+)') == ["Lost"]
    assert page.all(r'class="badge bad">.*?(<time.*?)</span>') == [f"{NOW - timedelta(days=1):%-d %b %Y}"]
    assert "Too dear<br>&lt;b&gt;" in page.html


def reasons(page):
    return re.findall(r'name="stage"[^>]* disabled title="(.*?)"', page.html)


@pytest.mark.parametrize(
    ("role", "sentences"),
    [
        ("owner", []),
        ("admin", []),
        ("manager", ["Only an owner or an admin may move a deal back."] * 2),
        ("member", ["You may change only what you own."] * 4),
    ],
)
def test_stages_that_a_role_may_not_choose_say_why(owner, moved, request, role, sentences):
    by = request.getfixturevalue(role)

    assert [step.reason for step in course_of(moved, by) if step.reason] == sentences


def test_who_may_not_change_a_deal_reads_why_and_is_offered_nothing(at, member, moved):
    page = at(member).read(f"deals/{moved.pk}/")

    assert page.all(r'class="banner">.*?<p>(.*?)</p>') == [
        "You may change only what you own. You can read this deal and comment on it."
    ]
    assert re.findall(r'href="((?:edit|delete)/)"', page.html) == []
    assert len(reasons(page)) == 4


def test_asking_for_reasons_changes_nothing(owner, member, moved):
    assert moved.reason_against(member, stage=stage("closed"), title="Other") == "You may change only what you own."
    assert (moved.title, moved.stage.slug, Deal.objects.get().version) == ("Roof", "negotiation", moved.version)


@pytest.mark.parametrize("number", ["0", "999999999", "9223372036854775808", "x"])
def test_deal_that_never_was_is_not_there(at, owner, number):
    assert at(owner).read(f"deals/{number}/").status == 404


def test_deal_of_another_organization_is_not_there(at, moved, stranger):
    assert at(stranger).read(f"deals/{moved.pk}/").status == 404


@pytest.mark.parametrize("moves", [0, 6])
def test_page_asks_the_database_as_often_after_many_moves(at, owner, django_assert_num_queries, moves):
    deal = DealFactory(by=owner)
    for number in range(moves):
        deal.stage = stage("proposal" if number % 2 else "closed")
        deal.save_by(owner)
    reader = at(owner)

    with django_assert_num_queries(7):
        reader.read(f"deals/{deal.pk}/")
