"""The proof of isolation holds; and each thing that it would have to find, planted here, is found."""

import json
from io import StringIO
from urllib.parse import quote, urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.html import escape
from rest_framework.exceptions import ValidationError

from analytics import keeping
from contacts.filters import ContactFilter
from contacts.models import Company, Contact
from contacts.viewsets import ContactViewSet
from crm_project import urls
from crm_project.proof.isolation import walk
from crm_project.proof.isolation.scratch import apart
from crm_project.proof.isolation.visits import Answer
from organizations.models import Organization
from organizations.tenancy import questions

CONTACTS = "api/v1/contacts"


@pytest.fixture
def prove(db):
    """The proof of some routes in the database of the tests."""

    def run(only="", **options):
        with apart():
            return walk.prove(only=only, **{"most": 1, **options})

    return run


def test_nobody_learns_anything_of_another_organization(prove):
    verdict = prove(thinning=40)

    assert (verdict.leaks, verdict.uncovered, verdict.unproved) == ([], {}, [])


def test_answers_that_tell_the_time_until_the_next_request_are_no_leak(prove, settings):
    settings.CRM_THROTTLE = "on"

    assert prove("api/v1/tasks").leaks == []


@pytest.mark.parametrize("asked", ["/o/Birches/", "deal owner Birches", "Bir&ches"])
def test_what_was_asked_for_may_be_told_however_it_is_spelled(asked):
    address = f"/here/?{urlencode({'next': asked})}"
    spelled = [asked, escape(asked), quote(asked), address, f"/confirm/?{urlencode({'next': address})}"]

    answers = [Answer.of(HttpResponse(text), asked, frozenset()).body for text in spelled]

    assert ["ches" in answer for answer in answers] == [False] * len(spelled)


def test_queryset_without_organization_is_found(prove, monkeypatch):
    everywhere = Q(pk__gt=0)  # beside the organization, for a question that does not name it is not kept at all
    rows = Contact.objects.filter
    monkeypatch.setattr(ContactViewSet, "rows_of", lambda _, by: rows(Q(organization=by.organization_id) | everywhere))
    for name in ("first_page", "page_beside", "number_of_rows"):  # else what is planted here would be kept
        monkeypatch.setattr(questions, name, getattr(questions, name).__wrapped__)

    leaks = prove(CONTACTS).leaks

    assert "DELETE /api/v1/contacts/{pk} as member" in str(leaks)
    assert "GET /api/v1/contacts as owner: differs once the other is there." in str(leaks)


def test_detail_without_organization_is_found(prove, monkeypatch):
    monkeypatch.setattr(ContactViewSet, "retrieve", lambda self, _, pk: self.shown(get_object_or_404(Contact, pk=pk)))

    leaks = prove(CONTACTS).leaks

    assert {leak.partition(", ")[0] for leak in leaks} == {
        f"GET /api/v1/contacts/{{pk}} as {role}" for role in ("owner", "admin", "manager", "member")
    }


def test_filter_that_looks_everywhere_is_found(prove, monkeypatch):
    company = ContactFilter.base_filters["company_id"]
    monkeypatch.setattr(company, "queryset", lambda request: Company.objects.all())

    verdict = prove(CONTACTS)

    assert {leak.partition(", ")[0] for leak in verdict.leaks} == {
        f"GET /api/v1/contacts as {role}" for role in ("owner", "admin", "manager", "member")
    }


def test_cache_key_without_organization_is_found(prove, monkeypatch):
    remember = keeping.cache.remember
    monkeypatch.setattr(keeping.cache, "remember", lambda organization_id, *rest, **build: remember(1, *rest, **build))
    monkeypatch.setattr(keeping, "_state_of", lambda by: "")

    assert prove("api/v1/analytics").leaks != []


def test_refusal_of_what_is_another_organizations_is_found(prove, monkeypatch):
    get_object = ContactViewSet.get_object

    def honest(self):
        try:
            return get_object(self)
        except Http404:
            if Contact.objects.filter(pk=self.kwargs["pk"]).exists():
                raise PermissionDenied from None
            raise

    monkeypatch.setattr(ContactViewSet, "get_object", honest)

    leaks = prove(CONTACTS).leaks

    assert {leak.rpartition(": ")[2] for leak in leaks} == {"403, not 404."}


def test_write_by_a_refused_request_is_found(prove, monkeypatch):
    def careless(self, request, *args, **kwargs):
        Company.objects.filter(pk=request.data.get("company_id")).update(phone="1")
        raise ValidationError("No.")

    monkeypatch.setattr(ContactViewSet, "partial_update", careless)

    leaks = prove(CONTACTS).leaks

    assert {leak.rpartition(": ")[2] for leak in leaks} == {"Their rows changed in contacts.Company."}


def test_member_that_no_body_has_is_tried_too(prove, monkeypatch):
    def careless(self, request, *args, **kwargs):
        Organization.objects.filter(pk=request.data.get("organization_id")).update(time_zone="Asia/Tokyo")
        raise ValidationError("No.")

    monkeypatch.setattr(ContactViewSet, "partial_update", careless)

    leaks = prove(CONTACTS).leaks

    assert {leak.rpartition(": ")[2] for leak in leaks} == {"Their rows changed in organizations.Organization."}


def test_route_that_nobody_knows_to_ask_for_is_found(prove, settings, monkeypatch):
    odd = path("odd/<int:oddity>/", lambda request, oddity: HttpResponse(), name="odd")
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, odd])
    settings.ROOT_URLCONF = urls.__name__

    assert prove("odd").uncovered == {f"{verb} /odd/{{oddity}}/": walk.UNREACHABLE for verb in ("GET", "POST")}


def test_record_kind_without_rows_is_named(prove, monkeypatch):
    monkeypatch.setattr(walk.world.Place, "kinds_without_rows", lambda self: ["deals.Quote"])

    verdict = prove("healthz")

    assert verdict.unproved == ["deals.Quote: the proof's world has no row of it."]
    assert not verdict.holds


def test_command_says_what_it_tried_and_writes_the_figures(db, monkeypatch, tmp_path):
    monkeypatch.setattr("crm_project.management.commands.prove_isolation.scratch_database", apart)
    said = StringIO()

    call_command("prove_isolation", only="api/v1/search", ids=1, json=tmp_path / "figures.json", stdout=said)

    figures = json.loads((tmp_path / "figures.json").read_text())
    assert (figures["leaks"], figures["holds"], figures["roles"]["holds"]) == ([], True, True)
    assert (figures["routes"], figures["routes_covered"]) == (1, 1)
    counted = figures["figures"]
    assert (counted["leaks"], counted["operations in the table of roles, in percent"]) == (0, 100)
    assert (counted["foreign ids in queries"], figures["violations"]) == (figures["tried"]["query"], [])
    assert "\nIsolated (" in said.getvalue()
