"""Where `seed_demo` loads nothing, because everybody knows its passwords."""

import pytest

from crm_project.demo import load
from crm_project.tests.demo.conftest import remove_demo, seed_demo
from organizations.models import User
from organizations.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty(loaded_at, monkeypatch):
    """An empty installation, with a demo of nobody but the operator, which is quick."""
    remove_demo()
    monkeypatch.setattr(load, "SCRIPTS", ())


def emails():
    return list(User.objects.order_by("id").values_list("email", flat=True))


def test_people_of_its_own_keep_the_demo_out():
    MembershipFactory(user__email="olga@shop.example")

    assert seed_demo() == (
        "This installation has people of its own. The demo was not loaded, for its passwords are public. "
        "Load it all the same with --force.\n"
    )
    assert emails() == ["olga@shop.example"]


def test_a_public_address_keeps_the_demo_out():
    assert seed_demo(hosts=["localhost", "crm.shop.example"]) == (
        "This installation answers to the world (crm.shop.example). The demo was not loaded, for its passwords are "
        "public. Load it all the same with --force.\n"
    )
    assert emails() == []


def test_force_lets_the_demo_in():
    MembershipFactory(user__email="olga@shop.example")

    assert seed_demo(force=True).startswith("The demo is loaded.\n")
    assert emails() == ["olga@shop.example", "operator@kontor.example"]


def test_an_empty_installation_at_home_gets_the_demo():
    assert seed_demo().startswith("The demo is loaded.\n")
    assert emails() == ["operator@kontor.example"]
