"""An answer of 500 can be found in the log by its request id."""

import logging

from django.conf import settings

from crm_project.log import RequestIdFilter


def test_a_failure_is_logged_with_the_request_it_is_about(call, owner, monkeypatch, caplog):
    caplog.handler.addFilter(RequestIdFilter())
    client = call(owner)
    client.raise_request_exception = False
    monkeypatch.setattr("organizations.tenancy.viewsets.TenantListViewSet.list", lambda view, request: 1 / 0)

    answer = client.get("/api/v1/contacts", headers={"X-Request-Id": "wanted-1"})

    assert (answer.status_code, answer.json()["request_id"]) == (500, "wanted-1")
    failures = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [(record.request_id, record.exc_info[0]) for record in failures] == [("wanted-1", ZeroDivisionError)]


def test_failures_go_to_the_standard_error():
    assert settings.LOGGING["loggers"]["django"]["handlers"] == ["stderr"]
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["request_id"]
