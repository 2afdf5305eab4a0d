"""`manage.py generate_data`: what it says, and where it generates nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from deals.models import Deal
from organizations.models import Organization
from organizations.tests.factories import UserFactory

FEW = ("--organizations=2", "--deals=6", "--contacts=4", "--activities=9")


def generate_data(*arguments):
    output = StringIO()
    call_command("generate_data", *FEW, *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture(autouse=True)
def _at_home(db, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]


def number():
    return Organization.objects.order_by("pk").values_list("slug", flat=True)[0].removeprefix("volume-")


def test_it_says_how_to_sign_in():
    said = generate_data()

    assert said == (
        "Generated 2 organizations, 6 deals, 4 contacts, 9 activities. "
        f"Sign in as owner-{number()}@volume.example with volume-of-kontor; every owner and seller has it.\n"
    )


def test_nonsense_is_refused():
    with pytest.raises(CommandError, match=r"^--deals is a whole number from 1 to 100000000\.$"):
        generate_data("--deals=0")


def test_an_unknown_preset_is_refused():
    with pytest.raises(CommandError, match="invalid choice: 'huge'"):
        generate_data("--preset=huge")


def test_people_of_its_own_keep_it_out():
    UserFactory()

    with pytest.raises(CommandError, match=r"^This installation has people of its own\. Generate beside them with"):
        generate_data()
    assert not Organization.objects.exists()


def test_it_generates_beside_others_when_told():
    generate_data()
    generate_data("--add")

    assert (Organization.objects.count(), Deal.objects.count()) == (4, 12)


def test_a_public_address_keeps_it_out(settings):
    settings.ALLOWED_HOSTS = ["crm.shop.example"]

    with pytest.raises(CommandError, match=r"answers to the world \(crm\.shop\.example\)\. The passwords of generated"):
        generate_data()
    assert not Organization.objects.exists()


def test_force_generates_in_public(settings):
    settings.ALLOWED_HOSTS = ["crm.shop.example"]

    generate_data("--force")

    assert Deal.objects.count() == 6
