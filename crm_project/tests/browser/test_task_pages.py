"""Somebody who sells, at work with what is to be done, in a browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from deals.tests.factories import DealFactory
from tasks.models import Task
from tasks.tests.factories import TaskFactory

with_and_without_script = pytest.mark.parametrize(
    "script",
    [
        pytest.param(True, id="with script"),
        pytest.param(False, id="without", marks=pytest.mark.browser_context_args(java_script_enabled=False)),
    ],
)


@pytest.fixture
def today(owner):
    return owner.organization.today()


@pytest.fixture
def three(owner, today):
    deal = DealFactory(by=owner, title="Solar roof", amount=100)
    return [TaskFactory(by=owner, deal=deal, title=title, due_date=today) for title in ("One", "Two", "Three")]


def visit(page, by, path):
    page.goto(f"/o/{by.organization.slug}/{path}")


@with_and_without_script
def test_task_from_the_line_to_done(page, enter, owner, today, script):
    DealFactory(by=owner, title="Solar roof")
    enter(owner)
    visit(page, owner, "tasks/")

    page.get_by_label("New task").fill("Call Anna tomorrow")
    page.get_by_label("Deal", exact=True).fill("Solar roof")
    page.get_by_label("Deal", exact=True).press("Enter")
    expect(page.locator(".toast")).to_contain_text("Added “Call Anna”, due")
    expect(page.get_by_role("navigation", name="When").get_by_role("link", name="Upcoming 1")).to_be_visible()
    assert Task.objects.get().due_date == today + timedelta(1)

    visit(page, owner, "tasks/?when=upcoming")
    page.get_by_role("checkbox", name="Complete: Call Anna").click()
    expect(page.locator(".toast")).to_contain_text("Completed “Call Anna”")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("checkbox", name="Complete: Call Anna")).to_be_visible()
    assert Task.objects.get().is_done is False


@with_and_without_script
def test_task_goes_to_sleep_and_is_woken(page, enter, owner, three, today, script):
    enter(owner)
    visit(page, owner, "tasks/")
    page.locator(".task-row").first.hover()

    page.get_by_role("button", name="Snooze: One").click()
    page.get_by_role("button", name="Tomorrow").click()

    expect(page.locator(".toast")).to_contain_text("“One” sleeps until")
    three[0].refresh_from_db()
    assert three[0].due_date == today + timedelta(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("“One” sleeps until")
    expect(page.locator("#task-tabs")).to_contain_text("Today 3")


@pytest.mark.parametrize("path", ["tasks/", ""])
def test_keys_go_through_the_list(page, enter, owner, three, path):
    enter(owner)
    visit(page, owner, path)
    page.get_by_role("checkbox", name="Complete: One").focus()

    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="Reopen: One")).to_have_attribute("aria-checked", "true")
    expect(page.get_by_role("checkbox", name="Complete: Two")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("checkbox", name="Complete: Three")).to_be_focused()
    assert list(Task.objects.filter(is_done=True).order_by("pk")) == three[:2]


def test_tabs_are_counted_anew(page, enter, owner, three):
    enter(owner)
    visit(page, owner, "tasks/")

    page.get_by_role("checkbox", name="Complete: Two").click()

    expect(page.locator("#task-tabs")).to_contain_text("Today 2")
    expect(page.locator("#task-tabs")).to_contain_text("Done 1")


def test_day_that_is_refused_is_said_in_the_row(page, enter, owner, three, today):
    enter(owner)
    visit(page, owner, "tasks/")
    page.locator(".task-row").first.hover()
    page.get_by_role("button", name="Snooze: One").click()
    field = page.locator(f"#snooze-{three[0].pk}").get_by_label("Another day")
    field.evaluate("field => field.removeAttribute('min')")
    field.fill((today - timedelta(1)).isoformat())

    page.locator(f"#snooze-{three[0].pk}").get_by_role("button", name="Snooze").click()

    expect(page.get_by_role("alert")).to_have_text("Choose today or a later day.")


def test_deal_takes_its_next_step_in_place(page, enter, owner):
    deal = DealFactory(by=owner, title="Solar roof")
    enter(owner)
    visit(page, owner, f"deals/{deal.pk}/")

    page.get_by_label("New task").fill("Call Anna in 3 days")
    page.get_by_label("New task").press("Enter")

    expect(page.locator(".task-row .subject")).to_have_text("Call Anna")
    expect(page.get_by_label("New task")).to_be_focused()
    expect(page.locator(".toast")).to_contain_text("Added “Call Anna”, due")


@pytest.mark.parametrize("width", [1440, 390, 360])
def test_pages_are_without_barriers_light_and_dark(page, enter, barriers, owner, three, width):
    page.set_viewport_size({"width": width, "height": 900})
    DealFactory(by=owner, amount="12400")
    enter(owner)
    found = {}
    paths = ["", "tasks/", "tasks/?assignee_id=", "tasks/?when=done", "tasks/new/"]
    paths += [f"tasks/{three[0].pk}/", f"tasks/panel/?deal_id={three[0].deal_id}"]
    for path in paths:
        visit(page, owner, path)
        found[path] = barriers()
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert {path: rules for path, rules in found.items() if rules} == {}
