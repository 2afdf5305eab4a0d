"""The page that moves a deal."""

import re

import pytest

from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory


def stage(slug):
    return Stage.objects.get(slug=slug, pipeline__name="Sales")


def move(reader, deal, **values):
    return reader.send(f"deals/{deal.pk}/move/", **values)


def now(deal):
    deal = Deal.objects.select_related("stage").get(pk=deal.pk)
    return deal.stage.slug, deal.status


def reasons(page):
    return page.status, page.all(r"data-reason>.*?<p>(.*?)</p>")


def open_ways(page):
    """What the buttons of stages say that can be pressed."""
    return page.all(r'<button class="button" type="submit" name="stage" value="\d+">(.*?)</button>')


def undo(reader):
    """The fields of the way back that the next page offers."""
    form = re.search(r'<form method="post" action="([^"]*/move/)".*?</form>', reader.read("deals/").html, re.DOTALL)
    return form and dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0].split("csrfmiddlewaretoken", 1)[1]))


@pytest.mark.parametrize("role", ["owner", "admin", "manager", "member"])
def test_deal_goes_forward(at, request, role):
    by = request.getfixturevalue(role)
    deal = DealFactory(by=by)

    page = move(at(by), deal, stage=stage("negotiation").pk)

    assert (page.status, now(deal)) == (302, ("negotiation", "new"))


@pytest.mark.parametrize(
    ("role", "answer"),
    [
        ("owner", (302, [])),
        ("admin", (302, [])),
        ("manager", (422, ["Only an owner or an admin may move a deal back."])),
        ("member", (422, ["Only an owner or an admin may move a deal back."])),
    ],
)
def test_back_is_for_administrators_and_said_to_others(at, request, role, answer):
    by = request.getfixturevalue(role)
    deal = DealFactory(by=by, stage=stage("negotiation"))

    assert reasons(move(at(by), deal, stage=stage("proposal").pk)) == answer
    assert now(deal)[0] == ("proposal" if answer[0] == 302 else "negotiation")


def test_member_does_not_move_what_others_own(at, owner, member):
    deal = DealFactory(by=owner)

    assert reasons(move(at(member), deal, status="lost")) == (422, ["You may change only what you own."])
    assert now(deal) == ("qualification", "new")


def test_member_is_shown_no_way_for_what_others_own(at, owner, member):
    page = at(member).read(f"deals/{DealFactory(by=owner).pk}/move/")

    assert (page.status, open_ways(page), page.all(r'class="banner">.*?<p>(.*?)</p>')) == (
        200,
        [],
        ["You may change only what you own."],
    )


@pytest.mark.parametrize(
    ("role", "ways"),
    [("admin", ["Qualification", "Negotiation", "Closed"]), ("manager", ["Negotiation", "Closed"])],
)
def test_ways_that_a_role_may_not_go_are_closed(at, request, role, ways):
    by = request.getfixturevalue(role)
    deal = DealFactory(by=by, title="Roof", stage=stage("proposal"))

    page = at(by).read(f"deals/{deal.pk}/move/")

    assert (page.heading, open_ways(page)) == ("Move Roof to…", ways)


def test_winning(at, member):
    deal = DealFactory(by=member, amount="12400")

    assert (move(at(member), deal, status="won").status, now(deal)) == (302, ("qualification", "won"))


def test_winning_without_an_amount_asks_only_for_the_amount(at, member):
    deal = DealFactory(by=member, title="Roof")

    page = move(at(member), deal, status="won", next="/o/x/deals/board/")

    assert (page.heading, page.fields, page.errors) == (
        "Mark Roof as won",
        ["amount"],
        (422, {"amount": "A won deal needs an amount above zero."}),
    )
    assert 'name="status" value="won"' in page.html
    assert 'name="next" value="/o/x/deals/board/"' in page.html


def test_winning_with_the_amount_that_was_asked_for(at, member):
    deal = DealFactory(by=member)

    move(at(member), deal, status="won", amount="12400.50")

    deal.refresh_from_db()
    assert (deal.status, str(deal.amount)) == ("won", "12400.50")


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [("", "This field is required."), ("0", "A won deal needs an amount above zero."), ("x", "Enter a number.")],
)
def test_amount_that_does_not_win(at, member, amount, sentence):
    deal = DealFactory(by=member)

    assert move(at(member), deal, status="won", amount=amount).errors == (422, {"amount": sentence})


def test_losing_offers_to_say_why(at, member):
    page = at(member).read(f"deals/{DealFactory(by=member, title='Roof').pk}/move/", status="lost")

    assert (page.heading, page.fields, "(optional)" in page.html) == ("Mark Roof as lost", ["lost_reason"], True)


@pytest.mark.parametrize("reason", ["", "Too dear"])
def test_losing(at, member, reason):
    deal = DealFactory(by=member)

    move(at(member), deal, status="lost", lost_reason=reason)

    deal.refresh_from_db()
    assert (deal.status, deal.lost_reason) == ("lost", reason)


def test_reopening(at, member):
    deal = DealFactory(by=member, status="lost")

    move(at(member), deal, status="in_progress")

    deal.refresh_from_db()
    assert (deal.status, deal.closed_at) == ("in_progress", None)


@pytest.mark.parametrize(
    "values", [{"stage": "9" * 30}, {"stage": "x"}, {"status": "sold"}, {"status": ""}, {"stage": ""}]
)
def test_place_that_is_none_is_said(at, owner, values):
    deal = DealFactory(by=owner)

    status, said = reasons(move(at(owner), deal, **values))

    assert (status, len(said), now(deal)) == (422, 1, ("qualification", "new"))


def test_stage_of_another_organization_is_none(at, owner, stranger):
    theirs = Stage.objects.get(slug="closed", organization=stranger.organization)

    page = move(at(owner), DealFactory(by=owner), stage=theirs.pk)

    assert reasons(page) == (422, ["There is no such record in this organization."])


def test_another_pipeline_takes_the_deal_at_the_stage_of_the_same_short_name(at, owner):
    partners = Pipeline(organization=owner.organization, name="Partners").save_by(owner)
    for slug in ("offer", "proposal"):
        Stage(pipeline=partners, slug=slug, name=f"Partner {slug}").save_by(owner)
    deal = DealFactory(by=owner, stage=stage("proposal"))

    page = at(owner).read(f"deals/{deal.pk}/move/")

    assert open_ways(page)[-1] == "Partners"
    assert 'Partners</button><span class="muted">Partner proposal</span>' in page.html
