"""What nobody should send to the admin: refused at its field, or as malformed; never a failure of ours."""

import pytest
from django.urls import reverse

from contacts.models import Contact
from contacts.tests.factories import ContactFactory

BIG = str(2**63)
CONTACT = {"name": "Anna Karg", "seen_version": ""}


@pytest.fixture(autouse=True)
def _answers_only(desk):
    desk.raise_request_exception = False


@pytest.mark.parametrize("number", [BIG, "9" * 400, "-1", "1.5", "x", "٣"])
@pytest.mark.parametrize("field", ["organization", "owner", "company"])
def test_what_is_no_id_is_no_choice(desk, owner, field, number):
    form = {**CONTACT, "organization": owner.organization_id, "owner": owner.user_id, field: number}

    answer = desk.post(reverse("admin:contacts_contact_add"), form)

    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("contacts/contact/add/", {"name": "a\0"}),
        ("contacts/contact/add/", {"owner": "\0"}),
        ("contacts/contact/", {"action": "delete_selected", "_selected_action": BIG}),
    ],
)
def test_what_no_database_holds_is_malformed(desk, owner, path, sent):
    ContactFactory(by=owner)

    assert desk.post(f"/admin/{path}", sent).status_code < 500
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    [
        f"contacts/contact/?organization__id__exact={BIG}",
        f"contacts/contact/?owner__id__exact={BIG}",
        "organizations/organization/add/?owner=x",
        f"organizations/organization/add/?owner={BIG}",
        "contacts/contact/add/?owner=x&organization=x",
        "contacts/contact/?q=%00",
        "autocomplete/?app_label=contacts&model_name=contact&field_name=owner&term=%00",
        f"autocomplete/?app_label=contacts&model_name=contact&field_name=owner&term=a&organization={BIG}",
        f"autocomplete/?app_label=contacts&model_name=contact&field_name=owner&term=a&page={BIG}",
        f"contacts/contact/?p={BIG}",
        f"contacts/contact/{BIG}/change/",
        "contacts/contact/%00/change/",
        f"contacts/contact/{BIG}/history/",
        f"r/9/{BIG}/",
        "contacts/contact/?created_at__year=99999",
    ],
)
def test_odd_addresses_are_answered(desk, owner, query):
    assert desk.get(f"/admin/{query}").status_code < 500
