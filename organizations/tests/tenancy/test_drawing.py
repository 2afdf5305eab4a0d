"""A fragment that is drawn once shows what it would show if it were drawn each time."""

import re
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
import time_machine
from django.utils import translation
from django.utils.html import escape

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.columns import COLUMNS
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.tenancy import clock, drawing
from organizations.tenancy.drawing import drawn
from tasks.templatetags import task_rows
from tasks.tests.factories import TaskFactory

CARDS = re.compile('<article class="deal-card.*?</article>', re.DOTALL)
CARD = "deals/_card.html"
LINE = re.compile('<tr>\n  <td class="check-cell.*?</tr>', re.DOTALL)
ROW = re.compile('<li class="task-row.*?</li>', re.DOTALL)


@pytest.fixture(autouse=True)
def drawings(monkeypatch):
    """The templates that are drawn, one after the other."""
    drawing._drawn.cache_clear()
    names, get_template = [], drawing.get_template
    monkeypatch.setattr(drawing, "get_template", lambda name: names.append(name) or get_template(name))
    return names


@pytest.fixture
def board(at, owner):
    """Its cards as they are in the page."""
    return lambda by=owner, **query: CARDS.findall(at(by).read("deals/board/", **query).html)


@pytest.mark.django_db
def test_a_card_is_drawn_once_for_all_who_see_the_same(board, owner, member, drawings):
    deals = [DealFactory(by=owner, amount=5) for _ in range(3)]

    first, again = board(), [*board(), *board(member)]

    assert (len(first), drawings.count(CARD), again) == (len(deals), 3, first * 2)


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
def test_a_card_is_drawn_once_for_all_addresses_of_the_board(board, owner, drawings):
    DealFactory(by=owner, title="Roof")

    [plain], [searched] = board(), board(search="Roof")

    assert (drawings.count(CARD), plain != searched, "\0" in plain + searched) == (1, True, False)


@pytest.mark.django_db
def test_a_template_that_is_edited_shows_at_once_in_development(board, owner, settings, drawings):
    DealFactory(by=owner)
    settings.DEBUG = True

    board()
    board()

    assert drawings.count(CARD) == 2


@pytest.fixture
def table(at, owner):
    """Its rows as they are in the page."""
    return lambda by=owner, **query: LINE.findall(at(by).read("deals/", **query).html)


@pytest.mark.django_db
def test_a_row_of_the_table_is_drawn_once_for_all_who_list_it(table, owner, member, drawings):
    DealFactory(by=owner, title="Roof", amount=5)

    [plain], [others], [searched] = table(), table(member), table(search="Roof")

    assert (drawings.count("deals/_row.html"), plain == others, "\0" in searched) == (1, True, False)
    assert ("?in=search%3DRoof" in searched, plain) == (True, searched.replace("?in=search%3DRoof", "?in="))


@pytest.mark.django_db
@pytest.mark.parametrize("changed", ["title", "amount", "contact", "company", "owner", "stage", "expected_close_date"])
def test_a_row_of_the_table_shows_what_was_changed_meanwhile(table, owner, changed):
    contact, company = ContactFactory(by=owner, name="Anna"), CompanyFactory(by=owner, name="Alster")
    deal = DealFactory(by=owner, title="Roof", amount=5, contact=contact, company=company)
    [before] = table(column=[*COLUMNS])

    neighbors = {"contact": contact, "company": company, "owner": owner.user, "stage": deal.stage}
    value, shown = {
        "title": ("Door", "Door"),
        "amount": (987_654, "987,654"),
        "expected_close_date": ("2031-02-03", "3 Feb 2031"),
    }.get(changed, ("Someone <else>", "Someone &lt;else&gt;"))
    changed_one, name = (neighbors[changed], "name") if changed in neighbors else (deal, changed)
    type(changed_one).objects.filter(pk=changed_one.pk).update(**{name: value})
    [after] = table(column=[*COLUMNS])

    assert (shown in before, shown in after) == (False, True)


@pytest.mark.django_db
def test_a_row_of_the_table_knows_the_day_and_the_columns(table, owner):
    DealFactory(by=owner, stage_entered_at=clock.now())

    ages = []
    for days in (0, 3):
        with time_machine.travel(clock.now() + timedelta(days)):
            ages += [re.search(r">(\d+) d<", row)[1] for row in table(column="stage_entered_at")]

    assert ages == ["0", "3"]
    widths = [row.count("<td") for chosen in ([*COLUMNS], ["title"], ["amount"]) for row in table(column=chosen)]
    assert widths == [1 + len(COLUMNS), 1, 2]


@pytest.mark.django_db
def test_a_row_of_the_table_tells_how_its_deal_ended(table, owner):
    deal = DealFactory(by=owner, amount=5)
    [before] = table()
    Deal.objects.filter(pk=deal.pk).update(status="won", closed_at=clock.now())
    [after] = table()

    assert ("Qualification" in before, 'data-stage="won"' in after, "Won" in after) == (True, True, True)
    assert re.search(r">\d+ d<", after) is None


@pytest.mark.django_db
def test_a_task_is_drawn_once_for_all_addresses_and_visits(at, owner, drawings):
    TaskFactory(by=owner)
    tokens = re.compile('name="csrfmiddlewaretoken" value="(.*?)"')

    for query in ({"when": "upcoming"}, {"when": "upcoming", "assignee_id": ""}):
        html = at(owner).read("tasks/", **query).html
        row, back = ROW.search(html)[0], f"/o/{owner.organization.slug}/tasks/?{urlencode(query)}"
        assert (drawings.count("tasks/_row.html"), "\0" in row, len(tokens.findall(row))) == (1, False, 3)
        assert {*tokens.findall(row)} == {*tokens.findall(html)}
        assert (row.count(f'name="next" value="{escape(back)}"'), row.count(quote(back, safe=""))) == (3, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("mark", [task_rows.TOKEN, task_rows.WAY_BACK, task_rows.BACK])
def test_an_address_brings_no_mark_along(at, owner, monkeypatch, mark):
    TaskFactory(by=owner)
    monkeypatch.setattr("tasks.views.local_path", lambda text: text)  # which would not let it pass

    html = at(owner).read("tasks/", when="upcoming", next=f"/x?{mark}").html

    assert f'name="next" value="/x?{mark}"' in ROW.search(html)[0]


@pytest.mark.django_db
def test_a_task_shows_who_may_not_change_it_why(at, owner, member):
    TaskFactory(by=owner)

    rows = [ROW.search(at(by).read("tasks/", assignee_id="", when="upcoming").html)[0] for by in (owner, member)]

    assert [row.count("disabled title=") for row in rows] == [0, 1]


@pytest.mark.django_db
def test_the_frame_of_a_page_is_drawn_once_and_shows_a_new_name(at, owner, drawings):
    pages = [at(owner).read("tasks/").html for _ in range(2)]
    drawn_first = drawings.count("parts/_sidebar.html")
    type(owner.organization).objects.update(name="Renamed & Co")

    pages.append(at(owner).read("tasks/").html)

    assert (drawn_first, ["Renamed &amp; Co" in page for page in pages]) == (1, [False, False, True])


def test_each_language_has_a_drawing_of_its_own(drawings):
    texts = []
    for language in ("en", "ru", "en"):
        with translation.override(language):
            texts.append(drawn("deals/_column_form.html"))

    assert (texts[0] == texts[2], texts[0] != texts[1], len(drawings)) == (True, True, 2)
