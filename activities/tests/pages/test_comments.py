"""Comments by page."""

import pytest

from activities.models import Activity, Type
from activities.tests.pages.test_timeline import entries, of
from deals.tests.factories import DealFactory


def comments():
    return list(Activity.objects.filter(type=Type.COMMENT).values_list("payload", "author__name"))


def refusal(page):
    return page.status, page.all(r'id="comment-error">.*?</svg>(.*?)</p>')


def test_comment_is_on_top_of_the_timeline(at, owner):
    deal = DealFactory(by=owner)
    reader = at(owner)

    sent = reader.send("timeline/comment/", deal_id=deal.pk, text="Hello\r\nthere ")

    assert (sent.status, sent.url) == (302, f"/o/{owner.organization.slug}/timeline/?deal_id={deal.pk}")
    assert comments() == [({"text": "Hello\nthere"}, "Olga Owner")]
    assert entries(reader.read("timeline/", **of(deal)))[0] == "Olga Owner Hellothere"


def test_htmx_gets_the_timeline_anew(at, owner):
    deal = DealFactory(by=owner)
    reader = at(owner)

    answer = reader.post(
        f"{reader.place}timeline/comment/",
        {"deal_id": deal.pk, "text": "Hello"},
        headers={"HX-Request": "true", "HX-Target": "timeline"},
    )

    html = answer.content.decode()
    assert (answer.status_code, "<html" in html, "<p>Hello</p>" in html) == (200, False, True)
    assert "></textarea>" in html


def test_everybody_comments_on_what_others_own(at, owner, member):
    deal = DealFactory(by=owner)

    at(member).send("timeline/comment/", deal_id=deal.pk, text="Hello")

    assert comments() == [({"text": "Hello"}, "Max Member")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write a comment first."),
        (" \n ", "Write a comment first."),
        ("x" * 20_001, "A comment has at most 20000 characters."),
        ("Hello\x07", "Remove the control characters from this text."),
        ("Hello\x00", "Null characters are not allowed."),
    ],
)
def test_comment_that_is_none_is_refused_in_words_and_kept(at, owner, text, sentence):
    deal = DealFactory(by=owner)

    page = at(owner).send("timeline/comment/", deal_id=deal.pk, text=text)

    assert (refusal(page), comments()) == ((422, [sentence]), [])
    assert f">{text.strip()}" in page.html.replace("\r\n", "\n") or not text.strip()


@pytest.mark.parametrize("number", ["", "0", "x", "999999999"])
def test_comment_on_no_deal_is_not_there(at, owner, number):
    assert at(owner).send("timeline/comment/", deal_id=number, text="Hello").status == 404


def test_comment_on_a_deal_of_another_organization_is_not_there(at, owner, stranger):
    deal = DealFactory(by=owner)

    assert at(stranger).send("timeline/comment/", deal_id=deal.pk, text="Hello").status == 404
    assert comments() == []
