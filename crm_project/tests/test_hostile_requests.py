"""The attack in short (`manage.py prove_hostile` is the long one), and that it finds what is planted."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse

from contacts.models import Contact
from contacts.viewsets import ContactViewSet
from crm_project.proof.hostile import proving
from crm_project.proof.hostile.judging import Found, attack
from crm_project.proof.hostile.requests import BySchema, Sent, hostile
from crm_project.proof.hostile.values import MARK
from crm_project.proof.hostile.world import World
from crm_project.proof.isolation.scratch import apart
from crm_project.proof.verdict import Verdict
from crm_project.search_views import SearchPage

FEW = 150


@pytest.fixture
def world(db):
    return World()


def once(world, method, path, body=b"", **headers):
    sent = Sent("owner", method, path, {**world.headers("owner"), **headers}, body)
    return attack(lambda random, world: sent, 1, world)


@pytest.mark.parametrize("make", [hostile, BySchema()], ids=["hostile", "by schema"])
def test_no_request_is_answered_as_a_failure_of_ours(world, make):
    found = attack(make, FEW, world, seed=7)

    assert (found.requests, found.failures, found.wrong) == (FEW, 0, [])


def test_the_same_seed_makes_the_same_requests(world):
    one, other = (attack(hostile, 30, world, seed=3) for _ in range(2))

    assert one == other


def test_values_are_read_again(world):
    found = once(world, "post", "/api/v1/contacts", b'{"name": "Anna  Karg "}')

    assert (found.reread > 5, found.wrong, found.statuses) == (True, [], {201: 1})
    assert Contact.objects.filter(name__startswith="Anna").count() == 0


def test_change_that_asks_for_nothing_is_read_again_too(world):
    found = once(world, "patch", f"/api/v1/contacts/{world.ids['contacts']}")

    assert (found.reread > 5, found.wrong, found.statuses) == (True, [], {200: 1})


def test_view_that_raises_is_found(world, monkeypatch):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(ContactViewSet, "list", fail)

    found = once(world, "get", "/api/v1/contacts", Range="x")

    assert found.failures == 1
    assert found.wrong == ["GET /api/v1/contacts of owner failed: b'', of type 'application/json' with {'Range': 'x'}"]


def test_change_that_is_silently_lost_is_found(world, monkeypatch):
    monkeypatch.setattr(Contact, "save", lambda self, **_: None)

    found = once(world, "patch", f"/api/v1/contacts/{world.ids['contacts']}", b'{"name": "Anna Kark"}')

    assert "lost name" in found.wrong[0]


def test_markup_that_is_shown_as_it_is_is_found(world, monkeypatch):
    monkeypatch.setattr(SearchPage, "get", lambda self, request, **_: HttpResponse(request.GET["q"]))

    found = once(world, "get", f"/o/{world.organization.slug}/search/?q={MARK}")

    assert "showed markup as it is" in found.wrong[0]


def test_command_writes_what_it_found(db, monkeypatch, tmp_path):
    monkeypatch.setattr("crm_project.management.commands.prove_hostile.scratch_database", apart)

    call_command("prove_hostile", count=20, seed=5, json=tmp_path / "verdict.json", stdout=StringIO())

    verdict = Verdict.read(tmp_path / "verdict.json")
    assert (verdict.figures["hostile requests"], verdict.figures["requests by the schema"]) == (20, 20)
    assert (verdict.figures["answered as a failure of ours"], verdict.violations) == (0, [])


def test_command_fails_where_something_is_wrong(db, monkeypatch):
    monkeypatch.setattr("crm_project.management.commands.prove_hostile.scratch_database", apart)
    monkeypatch.setattr(proving, "attack", lambda *_: Found(1, Counter({500: 1}), 0, ["GET / of owner failed"]))

    with pytest.raises(CommandError, match="What is not as it should be stands above"):
        call_command("prove_hostile", stdout=StringIO())
