"""A task in one line: on the list, where its deal is named, and on the panel of a deal."""

import pytest
import time_machine

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.tests.factories import DealFactory
from tasks.models import Task
from tasks.tests.factories import TaskFactory


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False):
        yield


@pytest.fixture
def deal(member):
    return DealFactory(by=member, title="Solar roof")


def refusal(page):
    return page.status, page.all(r'id="quick_error" role="alert">.*?</svg>(.*?)</p>')


def test_line_becomes_a_task_with_its_day(at, member, deal):
    reader = at(member)

    page = reader.send("tasks/", title="Call Anna tomorrow", deal="Solar roof")

    task = Task.objects.get()
    assert (page.status, page.url) == (302, f"/o/{member.organization.slug}/tasks/")
    assert (task.title, task.deal, task.assignee, str(task.due_date)) == ("Call Anna", deal, member.user, "2026-11-24")
    assert reader.read("tasks/").toasts == ["Added “Call Anna”, due Tue 24 Nov"]


def test_line_without_a_day_has_none(at, member, deal):
    reader = at(member)
    reader.send("tasks/", title="Friday report", deal="Solar roof")

    assert (Task.objects.get().due_date, reader.read("tasks/").toasts) == (None, ["Added “Friday report”"])


def test_day_is_counted_where_the_organization_is(at, member, deal):
    member.organization.time_zone = "Pacific/Kiritimati"
    member.organization.save_by(None)

    at(member).send("tasks/", title="Call tomorrow", deal="Solar roof")

    assert str(Task.objects.get().due_date) == "2026-11-25"


def test_added_task_is_taken_back(at, member, deal):
    reader = at(member)
    reader.send("tasks/", title="Call", deal="Solar roof")
    address = f"tasks/{Task.objects.get().pk}/delete/"
    assert f'action="{reader.place}{address}"' in reader.read("tasks/").html

    back = reader.send(address, next=f"{reader.place}tasks/?when=today")

    assert (back.url, Task.objects.count()) == (f"{reader.place}tasks/?when=today", 0)


@pytest.mark.parametrize("text", ["Solar roof", "solar ROOF", "  Solar roof ", "Solar", "roof", "Karg"])
def test_deal_is_found_by_its_words(at, member, text):
    deal = DealFactory(by=member, title="Solar roof", contact=ContactFactory(by=member, name="Anna Karg"))

    at(member).send("tasks/", title="Call", deal=text)

    assert Task.objects.get().deal == deal


def test_namesakes_are_told_apart_by_their_number(at, member, deal):
    other = DealFactory(by=member, title="Solar roof")

    assert refusal(at(member).send("tasks/", title="Call", deal="Solar roof")) == (
        422,
        ["Several are called so. Choose one of the suggestions."],
    )
    at(member).send("tasks/", title="Call", deal=f"Solar roof #{other.pk}")
    assert Task.objects.get().deal == other


def test_number_in_a_title_is_part_of_it(at, member, deal):
    order = DealFactory(by=member, title=f"Order #{deal.pk}")

    at(member).send("tasks/", title="Call", deal=f"Order #{deal.pk}")

    assert Task.objects.get().deal == order


def test_open_deal_comes_before_one_that_ended(at, member, deal):
    DealFactory(by=member, title="Solar roof", status="lost")

    at(member).send("tasks/", title="Call", deal="Solar roof")

    assert Task.objects.get().deal == deal


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": "Call", "deal": "Wind park"}, "There is none called “Wind park”."),
        ({"title": "Call", "deal": ""}, "This field is required."),
        ({"title": "", "deal": "Solar roof"}, "This field is required."),
        ({"title": "Call", "deal": "x" * 251}, "No name is that long."),
        ({"title": "Call", "deal": "Solar roof #99999999999999999999"}, "There is none called"),
        ({"title": "Call\x07", "deal": "Solar roof"}, "Remove the control characters from this text."),
        ({"title": "Call 2020-01-01", "deal": "Solar roof"}, "Choose today or a later day."),
    ],
)
def test_refusal_is_said_at_the_line_and_changes_nothing(at, member, deal, values, sentence):
    status, sentences = refusal(at(member).send("tasks/", **values))

    assert (status, len(sentences), sentences[0].startswith(sentence)) == (422, 1, True)
    assert Task.objects.count() == 0


def test_refused_line_is_kept(at, member, deal):
    page = at(member).send("tasks/", title="Call “Anna” tomorrow", deal="Nobody")

    assert 'value="Call “Anna” tomorrow"' in page.html


def test_deal_of_another_organization_is_not_called_so(at, member, stranger):
    theirs = DealFactory(by=stranger, title="Theirs")

    for text in ("Theirs", f"Theirs #{theirs.pk}"):
        assert refusal(at(member).send("tasks/", title="Call", deal=text))[0] == 422
    assert Task.objects.count() == 0


def test_member_adds_nothing_to_the_deals_of_others(at, owner, member):
    DealFactory(by=owner, title="Solar roof")

    page = at(member).send("tasks/", title="Call", deal="Solar roof")

    assert refusal(page) == (422, ["You may add tasks only to your own deals."])


def test_ones_own_open_deals_are_offered(at, owner, member, deal):
    DealFactory(by=member, title="Lost one", status="lost")
    DealFactory(by=owner, title="Of others")

    page = at(member).read("tasks/")

    assert page.all(r'<option value="([^"]*)">') == [f"Solar roof #{deal.pk}"]


def test_fifty_deals_are_offered_at_most(at, member):
    for _ in range(52):
        DealFactory(by=member)

    assert len(at(member).read("tasks/").all(r'<option value="([^"]*)">')) == 50


# The panel of a record


def subjects(page):
    return page.all(r'<p class="subject truncate">(.*?)</p>')


def test_panel_shows_the_open_tasks_of_a_deal(at, member, deal):
    TaskFactory(by=member, deal=deal, title="Later", due_date="2026-12-01")
    TaskFactory(by=member, deal=deal, title="Sooner", due_date="2026-11-24")
    TaskFactory(by=member, deal=deal, title="Done", is_done=True)
    TaskFactory(by=member, title="Elsewhere")

    assert subjects(at(member).read("tasks/panel/", deal_id=deal.pk)) == ["Sooner", "Later"]


@pytest.mark.parametrize("of", ["contact", "company"])
def test_panel_shows_the_tasks_of_all_deals_of_a_record(at, member, of):
    company = CompanyFactory(by=member)
    deal = DealFactory(by=member, contact=ContactFactory(by=member, company=company))
    TaskFactory(by=member, deal=deal, title="Call")
    TaskFactory(by=member, title="Elsewhere")
    record = {"contact": deal.contact_id, "company": company.pk}[of]

    page = at(member).read("tasks/panel/", **{f"{of}_id": record})

    assert (subjects(page), "quick-add" in page.html) == (["Call"], False)


def test_line_on_a_panel_is_for_its_deal(at, member, deal):
    reader = at(member)

    page = reader.send(f"tasks/panel/?deal_id={deal.pk}", title="Call fri")

    assert (page.status, page.url) == (302, f"{reader.place}tasks/panel/?deal_id={deal.pk}")
    assert (Task.objects.get().deal, str(Task.objects.get().due_date)) == (deal, "2026-11-27")


def test_open_deal_without_a_task_asks_for_the_next_step(at, member, deal):
    page = at(member).read("tasks/panel/", deal_id=deal.pk)

    assert page.all(r'class="next-step is-missing">(.*?)</p>') == ["No next step. What should happen next, and when?"]


@pytest.mark.parametrize(("role", "may"), [("owner", True), ("admin", True), ("manager", True), ("member", False)])
def test_only_who_may_add_to_a_deal_is_given_the_line(at, owner, request, role, may):
    deal = DealFactory(by=owner)
    by = request.getfixturevalue(role)

    page = at(by).read("tasks/panel/", deal_id=deal.pk)
    sent = at(by).send(f"tasks/panel/?deal_id={deal.pk}", title="Call")

    assert ("quick-add" in page.html, sent.status, Task.objects.count()) == (may, 302 if may else 422, int(may))


@pytest.mark.parametrize("number", ["0", "x", "9" * 40, "999999"])
@pytest.mark.parametrize("of", ["deal_id", "contact_id", "company_id"])
def test_panel_of_what_never_was_is_not_there(at, member, of, number):
    assert at(member).read("tasks/panel/", **{of: number}).status == 404


def test_panel_of_another_organization_is_not_there(at, member, stranger):
    deal = DealFactory(by=stranger)

    assert at(member).read("tasks/panel/", deal_id=deal.pk).status == 404
    assert at(member).send(f"tasks/panel/?deal_id={deal.pk}", title="Call").status in (404, 422)
    assert Task.objects.count() == 0


@pytest.mark.parametrize(("target", "whole"), [("tasks", False), ("main", True)])
def test_panel_is_a_part_of_another_page_or_one_of_its_own(at, member, deal, target, whole):
    reader = at(member)
    headers = {"HX-Request": "true", "HX-Target": target}

    response = reader.get(f"{reader.place}tasks/panel/?deal_id={deal.pk}", headers=headers)

    assert ("<main" in response.content.decode()) == whole


@pytest.mark.parametrize("count", [1, 12])
def test_panel_asks_the_database_as_often_for_many_rows(at, member, deal, django_assert_num_queries, count):
    for _ in range(count):
        TaskFactory(by=member, deal=deal)
    reader = at(member)

    with django_assert_num_queries(8):
        reader.read("tasks/panel/", deal_id=deal.pk)
