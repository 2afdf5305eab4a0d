"""The timeline as people read it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from activities.models import Activity, Type
from contacts.tests.factories import CompanyFactory
from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from organizations.tenancy import clock
from tasks.tests.factories import TaskFactory

NOW = timezone.now()


def entries(page):
    """The sentences and the comments, newest first, without their hours."""
    found = re.findall(r'<li class="timeline-entry"[^>]*>(.*?)</li>', page.html, re.DOTALL)
    texts = [
        re.sub(r"<time.*?</time>|<svg.*?</svg>|<span class=\"marker\">.*?</span>", "", text, flags=re.DOTALL)
        for text in found
    ]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text)).strip() for text in texts]


def days(page):
    return page.all(r'class="timeline-day">(.*?)</li>')


def happened(deal, by, **values):
    deal = Deal.objects.get(pk=deal.pk)
    for name, value in values.items():
        setattr(deal, name, value)
    return deal.save_by(by)


def commented(deal, by, text):
    return Activity(deal=deal, type=Type.COMMENT, payload={"text": text}).save_by(by)


def of(deal):
    return {"deal_id": deal.pk}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"amount": "5"}, "Olga Owner changed the amount from €0 to €5"),
        ({"amount": "5", "currency": "CHF"}, "Olga Owner changed the amount from €0 to CHF 5"),
        ({"status": "in_progress"}, "Olga Owner began to work on the deal"),
        ({"status": "lost", "lost_reason": "Price"}, "Olga Owner lost the deal"),
    ],
)
def test_change_in_words(at, owner, values, sentence):
    deal = happened(DealFactory(by=owner), owner, **values)

    assert entries(at(owner).read("timeline/", **of(deal)))[0].replace("\xa0", " ") == sentence


def test_stages_by_their_names_of_today(at, owner):
    deal = happened(DealFactory(by=owner), owner, stage=Stage.objects.get(slug="proposal"))
    Stage.objects.filter(slug="proposal").update(name="Offer")

    assert (
        entries(at(owner).read("timeline/", **of(deal)))[0] == "Olga Owner moved the deal from Qualification to Offer"
    )


def test_stage_that_is_no_more_by_its_short_name(at, owner):
    deal = DealFactory(by=owner)
    payload = {"from": "pilot", "to": "proposal"}
    Activity.objects.create(deal=deal, organization=owner.organization, type=Type.STAGE_CHANGED, payload=payload)

    assert entries(at(owner).read("timeline/", **of(deal)))[0] == "The system moved the deal from pilot to Proposal"


def test_owners_by_their_names(at, owner, member):
    deal = happened(DealFactory(by=owner), owner, owner=member.user)

    assert entries(at(owner).read("timeline/", **of(deal)))[0] == (
        "Olga Owner passed the deal from Olga Owner to Max Member"
    )


def test_winning_and_reopening(at, owner):
    deal = happened(DealFactory(by=owner, amount="5"), owner, status="won")
    happened(deal, owner, status="in_progress")

    assert entries(at(owner).read("timeline/", **of(deal)))[:2] == [
        "Olga Owner reopened the deal",
        "Olga Owner won the deal",
    ]


def test_tasks_and_the_beginning(at, owner):
    task = TaskFactory(by=owner, title="Call", deal=DealFactory(by=owner))
    task.is_done = True
    task.save_by(owner)

    assert entries(at(owner).read("timeline/", **of(task.deal))) == [
        "Olga Owner completed Call",
        "The system added the task Call",
        "The system created the deal",
    ]


def test_comment_keeps_its_lines_and_is_no_markup(at, owner):
    deal = DealFactory(by=owner)
    commented(deal, owner, "One\nTwo\n\n<b>Three</b>")

    assert "<p>One<br>Two</p>\n\n<p>&lt;b&gt;Three&lt;/b&gt;</p>" in at(owner).read("timeline/", **of(deal)).html


def test_days_are_headings(at, owner):
    with clock.at(datetime(2024, 2, 29, 12, tzinfo=UTC)):
        deal = DealFactory(by=owner)
    for days_ago in (1, 0, 0):
        with clock.at(NOW - timedelta(days=days_ago)):
            commented(deal, owner, "Hello")

    assert days(at(owner).read("timeline/", **of(deal))) == ["Today", "Yesterday", "Thursday 29 February 2024"]


def test_days_and_hours_are_those_of_the_reader(at, owner):
    owner.user.locale, owner.user.time_zone = "ru", "Asia/Almaty"
    owner.user.save()
    with clock.at(datetime(2024, 2, 28, 22, 30, tzinfo=UTC)):
        deal = DealFactory(by=owner)

    page = at(owner).read("timeline/", **of(deal))

    assert (days(page), page.all("(<time.*?</time>)")) == (["Четверг 29 февраля 2024"], ["04:30"])


@pytest.mark.parametrize("kind", ["contact", "company"])
def test_timeline_of_a_neighbor_is_of_all_its_deals(at, owner, kind):
    deal = DealFactory(by=owner, title="Roof", company=CompanyFactory(by=owner))
    DealFactory(by=owner, title="Of others")

    page = at(owner).read("timeline/", **{f"{kind}_id": getattr(deal, f"{kind}_id")})

    assert entries(page) == ["The system created the deal · Roof"]
    assert "<textarea" not in page.html


def older(page):
    return re.search(r'class="button small quiet" href="[^"]*\?(.*?)"', page.html)


def test_older_entries_are_a_link_away_under_the_same_day(at, owner):
    deal = DealFactory(by=owner)
    for number in range(34):
        commented(deal, owner, f"No {number}")
    reader = at(owner)

    newest = reader.read("timeline/", **of(deal))
    values = dict(pair.split("=") for pair in older(newest)[1].replace("&amp;", "&").split("&"))
    rest = reader.read("timeline/", **values)

    assert len(entries(newest)) == 30
    assert entries(rest) == [*(f"Olga Owner No {number}" for number in (3, 2, 1, 0)), "The system created the deal"]
    assert (days(newest), days(rest), older(rest)) == (["Today"], [], None)


@pytest.mark.parametrize("values", [{}, {"deal_id": "x"}, {"deal_id": "0"}, {"deal_id": "9" * 30}, {"before": "x"}])
def test_timeline_of_nothing_is_not_there(at, owner, values):
    deal = DealFactory(by=owner)
    asked = {**of(deal), **values} if "before" in values else values

    assert at(owner).read("timeline/", **asked).status == 404


def test_timeline_of_another_organization_is_not_there(at, owner, stranger):
    assert at(stranger).read("timeline/", **of(DealFactory(by=owner))).status == 404


@pytest.mark.parametrize("count", [1, 20])
def test_timeline_asks_the_database_as_often_for_many_entries(at, owner, member, django_assert_num_queries, count):
    deal = DealFactory(by=owner)
    stages = list(Stage.objects.order_by("position")[:2])
    for number in range(count):
        commented(deal, (owner, member)[number % 2], "Hello")
        deal = happened(deal, owner, stage=stages[(number + 1) % 2], owner=(member.user, owner.user)[number % 2])
    reader = at(owner)

    with django_assert_num_queries(8):
        reader.read("timeline/", **of(deal))
