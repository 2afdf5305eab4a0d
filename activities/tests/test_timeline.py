"""The timeline writes itself: each change one entry, nothing changed no entry."""

import pytest

from activities.models import Activity
from contacts.tests.factories import ContactFactory
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from tasks.tests.factories import TaskFactory


@pytest.fixture
def deal(member):
    return DealFactory(by=member, title="Roof", amount=5)


def told(client, deal):
    """Type and payload of the entries, oldest first."""
    results = client.get(f"/api/v1/deals/{deal.pk}/activities").json()["results"]
    return [(entry["type"], entry["payload"]) for entry in results]


CREATED = ("deal_created", {"title": "Roof"})


def test_a_new_deal_is_told_with_its_author(call, member):
    contact = ContactFactory(by=member)

    deal = call(member).post("/api/v1/deals", {"contact_id": contact.pk, "title": "Roof"}).json()

    (entry,) = call(member).get(f"/api/v1/deals/{deal['id']}/activities").json()["results"]
    assert entry == {
        "id": Activity.objects.get().pk,
        "deal_id": deal["id"],
        "author_id": member.user_id,
        "author_name": "Max Member",
        "type": "deal_created",
        "payload": {"title": "Roof"},
        "created_at": deal["created_at"],
    }


@pytest.mark.parametrize(
    ("body", "entry"),
    [
        ({"status": "won"}, ("status_changed", {"from": "new", "to": "won"})),
        ({"stage": "closed"}, ("stage_changed", {"from": "qualification", "to": "closed"})),
        (
            {"amount": "12.5"},
            ("amount_changed", {"from": "5.00", "to": "12.50", "from_currency": "EUR", "to_currency": "EUR"}),
        ),
        (
            {"currency": "USD"},
            ("amount_changed", {"from": "5.00", "to": "5.00", "from_currency": "EUR", "to_currency": "USD"}),
        ),
    ],
)
def test_a_change_of_a_deal_is_told(call, member, deal, body, entry):
    call(member).patch(f"/api/v1/deals/{deal.pk}", body)

    assert told(call(member), deal) == [CREATED, entry]


def test_a_new_owner_is_told(call, member, owner, deal):
    call(owner).patch(f"/api/v1/deals/{deal.pk}", {"owner_id": owner.user_id})

    assert told(call(member), deal) == [CREATED, ("owner_changed", {"from": member.user_id, "to": owner.user_id})]


def test_two_changes_are_two_entries_of_one_instant(call, member, deal):
    call(member).patch(f"/api/v1/deals/{deal.pk}", {"stage": "closed", "status": "won"})

    assert told(call(member), deal) == [
        CREATED,
        ("status_changed", {"from": "new", "to": "won"}),
        ("stage_changed", {"from": "qualification", "to": "closed"}),
    ]
    assert [entry.author for entry in Activity.objects.all()] == [None, member.user, member.user]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"status": "new"},
        {"stage": "qualification"},
        {"amount": 5},
        {"amount": "5.0"},
        {"status": "new", "stage": "qualification", "amount": "5.00", "currency": "EUR", "title": " Roof "},
    ],
)
def test_where_nothing_changed_nothing_is_told(call, member, deal, body):
    response = call(member).patch(f"/api/v1/deals/{deal.pk}", body)

    assert (response.status_code, response.json()["version"]) == (200, 1)
    assert told(call(member), deal) == [CREATED]


def test_other_fields_are_not_told(call, member, deal):
    response = call(member).patch(f"/api/v1/deals/{deal.pk}", {"title": "Big roof", "lost_reason": "-"})

    assert response.json()["version"] == 2
    assert told(call(member), deal) == [CREATED]


@pytest.mark.parametrize(
    "body", [{"stage": "closed", "status": "won", "amount": 0}, {"amount": 7, "color": "red"}, {"amount": -1}]
)
def test_a_refused_change_is_not_told(call, member, deal, body):
    assert call(member).patch(f"/api/v1/deals/{deal.pk}", body).status_code == 400
    assert told(call(member), deal) == [CREATED]


def test_a_forbidden_change_is_not_told(call, member, owner):
    deal = DealFactory(by=owner, title="Roof", stage=Stage.objects.get(slug="closed"))

    assert call(member).patch(f"/api/v1/deals/{deal.pk}", {"stage": "proposal"}).status_code == 403
    assert told(call(member), deal) == [CREATED]


@pytest.mark.parametrize("due", ["2090-01-31", None])
def test_a_new_task_is_told(call, member, deal, due):
    body = {"deal_id": deal.pk, "title": "Call", "due_date": due}

    task = call(member).post("/api/v1/tasks", body).json()

    entry = ("task_created", {"task_id": task["id"], "title": "Call", "due_date": due})
    assert told(call(member), deal) == [CREATED, entry]


def test_a_task_done_is_told_once(call, member, deal):
    task = TaskFactory(by=member, deal=deal, title="Call")
    url = f"/api/v1/tasks/{task.pk}"

    for body in ({"is_done": True}, {"is_done": True}, {"title": "Called"}):
        call(member).patch(url, body)

    done = ("task_done", {"task_id": task.pk, "title": "Call"})
    assert told(call(member), deal)[2:] == [done]


def test_a_task_done_anew_is_told_anew(call, member, deal):
    task = TaskFactory(by=member, deal=deal, title="Call", is_done=True)

    for is_done in (False, True):
        call(member).patch(f"/api/v1/tasks/{task.pk}", {"is_done": is_done})

    assert [kind for kind, _ in told(call(member), deal)] == ["deal_created", "task_created", "task_done", "task_done"]


def test_a_command_has_no_author(call, member, deal):
    (entry,) = call(member).get("/api/v1/activities").json()["results"]

    assert (entry["author_id"], entry["author_name"]) == (None, None)


def test_a_timeline_goes_with_its_deal(call, member, deal):
    call(member).delete(f"/api/v1/deals/{deal.pk}")

    assert call(member).get("/api/v1/activities").json()["count"] == 0
    assert call(member).get(f"/api/v1/deals/{deal.pk}/activities").status_code == 404
