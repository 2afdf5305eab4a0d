"""Who may do what with tasks: their own, those on their own deals, and those of others."""

import pytest

from deals.tests.factories import DealFactory
from tasks.models import Task
from tasks.tests.factories import TaskFactory

URL = "/api/v1/tasks"
ROLES = ["owner", "admin", "manager", "member"]
STRONG = ["owner", "admin", "manager"]


def code(response):
    return response.status_code, response.json()["code"]


@pytest.mark.parametrize("role", ROLES)
def test_everybody_reads_everything(call, request, owner, role):
    task = TaskFactory(by=owner)
    client = call(request.getfixturevalue(role))

    assert client.get(URL).json()["count"] == 1
    assert client.get(f"{URL}/{task.pk}").json()["id"] == task.pk


@pytest.mark.parametrize("role", ROLES)
def test_everybody_creates_tasks_on_their_own_deals(call, request, role):
    by = request.getfixturevalue(role)

    response = call(by).post(URL, {"deal_id": DealFactory(by=by).pk, "title": "Call", "assignee_id": by.user_id})

    assert (response.status_code, response.json()["assignee_id"]) == (201, by.user_id)


@pytest.mark.parametrize("role", STRONG)
def test_a_manager_creates_tasks_on_the_deals_of_others(call, request, member, role):
    response = call(request.getfixturevalue(role)).post(URL, {"deal_id": DealFactory(by=member).pk, "title": "Call"})

    assert response.status_code == 201


def test_a_member_creates_no_tasks_on_the_deals_of_others(call, owner, member):
    response = call(member).post(URL, {"deal_id": DealFactory(by=owner).pk, "title": "Call"})

    assert code(response) == (403, "not_the_owner")
    assert not Task.objects.exists()


@pytest.mark.parametrize("role", STRONG)
def test_a_manager_assigns_to_others(call, request, member, role):
    by = request.getfixturevalue(role)
    task = TaskFactory(by=by)
    body = {"deal_id": task.deal_id, "title": "Call", "assignee_id": member.user_id}

    assert call(by).post(URL, body).json()["assignee_id"] == member.user_id
    assert call(by).patch(f"{URL}/{task.pk}", {"assignee_id": member.user_id}).json()["assignee_name"] == "Max Member"


def test_a_member_assigns_to_nobody_else(call, owner, member):
    task = TaskFactory(by=member)
    body = {"deal_id": task.deal_id, "title": "Call", "assignee_id": owner.user_id}

    assert code(call(member).post(URL, body)) == (403, "may_not_assign")
    assert code(call(member).patch(f"{URL}/{task.pk}", {"assignee_id": owner.user_id})) == (403, "may_not_assign")
    assert Task.objects.get().assignee_id == member.user_id


@pytest.mark.parametrize("role", STRONG)
def test_a_manager_changes_and_deletes_those_of_others(call, request, member, role):
    url = f"{URL}/{TaskFactory(by=member).pk}"
    client = call(request.getfixturevalue(role))

    assert client.patch(url, {"is_done": True}).json()["is_done"] is True
    assert client.delete(url).status_code == 204


@pytest.mark.parametrize("whose", ["assigned to them", "on their own deal"])
def test_a_member_changes_and_deletes_their_own(call, owner, member, whose):
    mine = {"assigned to them": {"owner": member.user}, "on their own deal": {"deal": DealFactory(by=member)}}
    url = f"{URL}/{TaskFactory(by=owner, **mine[whose]).pk}"

    assert call(member).patch(url, {"is_done": True}).json()["is_done"] is True
    assert call(member).delete(url).status_code == 204


def test_a_member_neither_changes_nor_deletes_those_of_others(call, owner, member):
    url = f"{URL}/{TaskFactory(by=owner).pk}"

    assert code(call(member).patch(url, {"is_done": True})) == (403, "not_the_assignee")
    assert code(call(member).delete(url)) == (403, "not_the_assignee")
    assert Task.objects.get().version == 1


def test_a_member_moves_no_task_to_the_deal_of_another(call, owner, member):
    task, other = TaskFactory(by=member), DealFactory(by=owner)

    response = call(member).patch(f"{URL}/{task.pk}", {"deal_id": other.pk})

    assert code(response) == (403, "not_the_owner")
    assert Task.objects.get().deal_id == task.deal_id


def test_a_member_takes_no_task_of_another(call, owner, member):
    task = TaskFactory(by=owner)

    response = call(member).patch(f"{URL}/{task.pk}", {"assignee_id": member.user_id})

    assert code(response) == (403, "not_the_assignee")
