"""What somebody wrote is shown as text on every page; no page takes a form that another site sent."""

import pytest
from django.test import Client

from activities.models import Activity
from activities.models import Type as Entry
from contacts.models import Company, Contact
from crm_project.proof.hostile.values import MARK
from crm_project.tests.guards.tenancy import page_at
from crm_project.tests.routes import page_routes, routes
from crm_project.tests.world import record_of_each
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from organizations.tests.factories import PASSWORD
from tasks.models import Task

SHOWN = "&lt;i id=x9"


@pytest.fixture
def ids(owner):
    return record_of_each(owner)


def marked(owner):
    """Each text of each record of this organization has markup in it."""
    owner.user.name = f"Olga {MARK}"
    owner.user.save()
    owner.organization.name = f"Nordlicht {MARK}"
    owner.organization.save_by(owner)
    texts = {
        Contact: ("name", "job_title", "external_id"),
        Company: ("name", "address", "external_id"),
        Deal: ("title", "lost_reason", "external_id"),
        Task: ("title", "description"),
        Pipeline: ("name",),
        Stage: ("name",),
    }
    for model, names in texts.items():
        for record in model.objects.for_membership(owner):
            for name in names:
                setattr(record, name, f"{MARK} {record.pk}")
            record.save_by(owner)
    deal = Deal.objects.for_membership(owner).first()
    Activity(organization=owner.organization, deal=deal, type=Entry.COMMENT, payload={"text": MARK}).save_by(owner)


def test_markup_is_shown_as_text_on_every_page(owner, ids):
    marked(owner)
    browser = Client()
    browser.post("/sign-in/", {"login": owner.user.email, "password": PASSWORD}, headers={"User-Agent": MARK})

    pages = {}
    for route in page_routes():
        if "get" in route.verbs:
            path = page_at(route, owner.organization.slug, lambda route: ids[route.path.split("/")[2]])
            query = {"q": MARK, "search": MARK, "name": MARK, "title": MARK, "next": MARK}
            for sent in ({}, query):
                answer = browser.get(path, sent)
                pages[route.name, bool(sent)] = answer.content.decode() if answer.status_code == 200 else ""

    assert [name for name, html in pages.items() if MARK[:8] in html] == []
    assert sum(SHOWN in html for html in pages.values()) > 40


def test_no_page_takes_a_form_without_its_token(owner, ids):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner.user)
    taken = {}
    for route in page_routes():
        if "post" in route.verbs:
            path = page_at(route, owner.organization.slug, lambda route: ids[route.path.split("/")[2]])
            taken[route.name] = [
                browser.post(path, headers=headers).status_code for headers in ({}, {"HX-Request": "true"})
            ]

    assert len(taken) > 30
    assert {name: statuses for name, statuses in taken.items() if statuses != [403, 403]} == {}


def test_nothing_outside_of_an_organization_takes_one_either(desk, operator):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(operator)
    forms = [route for route in routes() if "{" not in route.path and not route.path.startswith(("api/", "o/"))]
    answers = {
        route.path: browser.post(f"/{route.path}").status_code
        for route in forms
        if route.path not in ("healthz", "readyz", "docs")
    }

    assert {path: status for path, status in answers.items() if status not in (403, 404)} == {}


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-out/"])
@pytest.mark.parametrize(
    "next_page",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\t//evil.example"],
)
def test_nobody_is_led_elsewhere(client, owner, path, next_page):
    if path == "/sign-out/":
        client.force_login(owner.user)
    form = {"login": owner.user.email, "password": PASSWORD, "next": next_page}

    assert client.post(path, form).url in ("/", "/sign-in/")
