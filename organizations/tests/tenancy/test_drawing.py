"""A fragment that is drawn once shows what it would show if it were drawn each time."""

import re
from urllib.parse import quote, urlencode

import pytest
from django.utils import translation
from django.utils.html import escape

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.tenancy import drawing
from organizations.tenancy.drawing import drawn
from tasks.tests.factories import TaskFactory

CARDS = re.compile('<article class="deal-card.*?</article>', re.DOTALL)
ROW = re.compile('<li class="task-row.*?</li>', re.DOTALL)


@pytest.fixture(autouse=True)
def begin():
    drawing._drawn.cache_clear()


def how_often():
    return drawing._drawn.cache_info().misses


@pytest.fixture
def board(at, owner):
    """Its cards as they are in the page."""
    return lambda by=owner, **query: CARDS.findall(at(by).read("deals/board/", **query).html)


@pytest.mark.django_db
def test_a_card_is_drawn_once_for_all_who_see_the_same(board, owner, member):
    deals = [DealFactory(by=owner, amount=5) for _ in range(3)]

    first = board()
    drawn_first = how_often()
    again = [*board(), *board(member)]

    assert (len(first), drawn_first, how_often(), again) == (len(deals), 3, 3, first * 2)


@pytest.mark.django_db
@pytest.mark.parametrize("changed", ["title", "amount", "contact", "company", "owner"])
def test_a_card_shows_what_was_changed_meanwhile(board, owner, changed):
    contact, company = ContactFactory(by=owner, name="Anna"), CompanyFactory(by=owner, name="Alster")
    deal = DealFactory(by=owner, title="Roof", amount=5, contact=contact, company=company)
    [before] = board()

    neighbor = {"contact": contact, "company": company, "owner": owner.user}.get(changed)
    if neighbor:
        type(neighbor).objects.filter(pk=neighbor.pk).update(name="Someone <else>")
    else:
        Deal.objects.filter(pk=deal.pk).update(**{changed: 987_654})
    [after] = board()

    expected = "Someone &lt;else&gt;" if neighbor else {"title": "987654", "amount": "987,654"}[changed]
    assert (expected in before, expected in after) == (False, True)


@pytest.mark.django_db
def test_a_card_is_drawn_once_for_all_addresses_of_the_board(board, owner):
    DealFactory(by=owner, title="Roof")

    [plain], [searched] = board(), board(search="Roof")

    assert (how_often(), plain != searched, "\0" in plain + searched) == (1, True, False)


@pytest.mark.django_db
def test_a_template_that_is_edited_shows_at_once_in_development(board, owner, settings):
    DealFactory(by=owner)
    settings.DEBUG = True

    board()

    assert how_often() == 0


@pytest.mark.django_db
def test_a_task_is_drawn_once_for_all_addresses_and_visits(at, owner):
    TaskFactory(by=owner)
    tokens = re.compile('name="csrfmiddlewaretoken" value="(.*?)"')

    for query in ({"when": "upcoming"}, {"when": "upcoming", "assignee_id": ""}):
        html = at(owner).read("tasks/", **query).html
        row, back = ROW.search(html)[0], f"/o/{owner.organization.slug}/tasks/?{urlencode(query)}"
        assert (how_often(), "\0" in row, len(tokens.findall(row))) == (1, False, 3)
        assert {*tokens.findall(row)} == {*tokens.findall(html)}
        assert (row.count(f'name="next" value="{escape(back)}"'), row.count(quote(back, safe=""))) == (3, 2)


@pytest.mark.django_db
def test_a_task_shows_who_may_not_change_it_why(at, owner, member):
    TaskFactory(by=owner)

    rows = [ROW.search(at(by).read("tasks/", assignee_id="", when="upcoming").html)[0] for by in (owner, member)]

    assert [row.count("disabled title=") for row in rows] == [0, 1]


def test_each_language_has_a_drawing_of_its_own():
    texts = []
    for language in ("en", "ru", "en"):
        with translation.override(language):
            texts.append(drawn("deals/_column_form.html"))

    assert (texts[0] == texts[2], texts[0] != texts[1], how_often()) == (True, True, 2)
