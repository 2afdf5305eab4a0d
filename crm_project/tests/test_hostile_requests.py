"""The attack in short (`python -m crm_project.tests.hostile` is the long one), and that it finds what is planted."""

import pytest
from django.http import HttpResponse

from contacts.models import Contact
from contacts.viewsets import ContactViewSet
from crm_project.search_views import SearchPage
from crm_project.tests.hostile.judging import attack
from crm_project.tests.hostile.requests import BySchema, Sent, hostile
from crm_project.tests.hostile.values import MARK
from crm_project.tests.hostile.world import World

FEW = 150


@pytest.fixture
def world(db):
    return World()


def once(world, method, path, body=b"", **headers):
    sent = Sent("owner", method, path, {**world.headers("owner"), **headers}, body)
    return attack(lambda random, world: sent, 1, world).summary()


@pytest.mark.parametrize("make", [hostile, BySchema()], ids=["hostile", "by schema"])
def test_no_request_is_answered_as_a_failure_of_ours(world, make):
    found = attack(make, FEW, world, seed=7).summary()

    assert (found["requests"], found["failures"], found["examples"]) == (FEW, 0, [])


def test_the_same_seed_makes_the_same_requests(world):
    one, other = (attack(hostile, 30, world, seed=3).summary() for _ in range(2))

    assert one == other


def test_values_are_read_again(world):
    found = once(world, "post", "/api/v1/contacts", b'{"name": "Anna  Karg "}')

    assert (found["values_read_again"] > 5, found["wrong"], found["statuses"]) == (True, 0, {"201": 1})
    assert Contact.objects.filter(name__startswith="Anna").count() == 0


def test_view_that_raises_is_found(world, monkeypatch):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(ContactViewSet, "narrow", fail)

    found = once(world, "get", "/api/v1/contacts")

    assert (found["failures"], found["wrong"]) == (1, 1)
    assert found["examples"][0].startswith("GET /api/v1/contacts of owner failed")


def test_change_that_is_silently_lost_is_found(world, monkeypatch):
    monkeypatch.setattr(Contact, "save", lambda self, **_: None)

    found = once(world, "patch", f"/api/v1/contacts/{world.ids['contacts']}", b'{"name": "Anna Kark"}')

    assert "lost name" in found["examples"][0]


def test_markup_that_is_shown_as_it_is_is_found(world, monkeypatch):
    monkeypatch.setattr(SearchPage, "get", lambda self, request, **_: HttpResponse(request.GET["q"]))

    found = once(world, "get", f"/o/{world.organization.slug}/search/?q={MARK}")

    assert "showed markup as it is" in found["examples"][0]
