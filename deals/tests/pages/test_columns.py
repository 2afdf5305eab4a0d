"""Which columns the table of deals shows: the address says so, and keeps it wherever one goes from there."""

import re

import pytest

from deals.tests.factories import DealFactory

USUAL = ["Title", "Contact", "Stage", "Amount", "Close", "Next step", "Owner"]
ALL = ["Title", "Contact", "Company", "Stage", "Amount", "Close", "Next step", "In stage", "Created", "Owner"]


@pytest.fixture
def deal(owner):
    return DealFactory(by=owner, title="Roof", contact__name="Anna")


def names(page):
    """The heads of the columns, behind that of the boxes."""
    found = re.findall(r'<th (?:class="number" )?scope="col"[^>]*>(.*?)</th>', page.html, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", head).strip() for head in found]


def test_usual_columns(at, owner, deal):
    assert names(at(owner).read("deals/")) == USUAL


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (["title", "owner", "amount"], ["Title", "Amount", "Owner"]),
        (["title"], ["Title"]),
        (["nothing"], ["Title"]),
        (["contact", "company", "stage", "amount", "expected_close_date", "next_step", "stage_entered_at",
          "created_at", "owner"], ALL),
    ],
)  # fmt: skip
def test_chosen_columns(at, owner, deal, asked, shown):
    assert names(at(owner).read("deals/", column=asked)) == shown


def test_row_has_as_many_cells_as_there_are_heads(at, owner, deal):
    page = at(owner).read("deals/", column=["title", "company", "created_at", "owner"])

    row = page.html.split("<tbody>")[1].split("</tr>")[0]
    assert len(re.findall("<t[dh]", row)) == 1 + len(names(page))


def test_form_shows_what_is_chosen_and_keeps_the_rest_of_the_address(at, owner, deal):
    page = at(owner).read("deals/", column=["title", "owner"], status="new", sort="title", cursor="x")

    form = page.html.split('id="column-form"')[1].split("</form>")[0]
    assert re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', form) == [
        ("status", "new"),
        ("sort", "title"),
        ("column", "title"),
    ]
    assert re.findall(r'value="(\w+)" checked', form) == ["owner"]
    assert 'href="?status=new&amp;sort=title"' in form


def test_choice_is_kept_on_the_board_and_back(at, owner, deal):
    reader = at(owner)

    board = re.search(r'href="[^"]*/deals/board/(\?[^"]*)"', reader.read("deals/", column=["title", "owner"]).html)[1]
    table = re.search(r'href="[^"]*/deals/(\?[^"]*)"', reader.read(f"deals/board/{board.replace('&amp;', '&')}").html)[
        1
    ]

    assert (board, table) == ("?column=title&amp;column=owner", "?column=title&amp;column=owner")


def test_choice_is_kept_by_the_search_and_the_filters(at, owner, deal):
    page = at(owner).read("deals/", column=["title", "owner"])

    for form in ('role="search"', 'id="filter-form"'):
        kept = re.findall(r'name="column" value="(.*?)"', page.html.split(form)[1].split("</form>")[0])
        assert kept == ["title", "owner"]


def test_next_steps_are_asked_for_once(at, owner, deal):
    other = DealFactory(by=owner)

    page = at(owner).read("deals/")

    place = f"/o/{owner.organization.slug}/tasks"
    assert re.findall(r'hx-get="([^"]*)" hx-trigger="load"', page.html) == [
        f"{place}/next-steps/?deal={other.pk}&amp;deal={deal.pk}&amp;"
    ]
    assert f'<span id="next-step-{deal.pk}"><a class="muted" href="{place}/panel/?deal_id={deal.pk}">' in page.html


def test_nobody_asks_for_next_steps_that_are_not_shown(at, owner, deal):
    assert "next-steps" not in at(owner).read("deals/", column=["title"]).html
