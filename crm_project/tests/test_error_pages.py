"""The pages of errors: each says in a sentence what happened and shows a way out."""

import re

from django.core.exceptions import PermissionDenied
from django.test import Client
from django.views import defaults

from crm_project import errors


def heading(response):
    return re.search("<h1>(.*)</h1>", response.content.decode())[1]


def test_page_that_is_not_there(client, db):
    response = client.get("/nothing")

    assert (response.status_code, heading(response)) == (404, "This page is not here")


def test_refusal_says_its_sentence(rf):
    response = defaults.permission_denied(rf.get("/"), PermissionDenied("You may list only what you own."))

    assert (response.status_code, heading(response)) == (403, "You cannot do this")
    assert "<p>You may list only what you own.</p>" in response.content.decode()


def test_refusal_without_a_sentence_names_the_role(rf):
    response = defaults.permission_denied(rf.get("/"), PermissionDenied())

    assert "<p>Your role does not allow it. Ask an owner of the organization.</p>" in response.content.decode()


def test_form_of_another_session(db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/")

    assert (response.status_code, heading(response)) == (403, "This form is too old")


def test_our_own_fault(rf):
    response = errors.server_error(rf.get("/"))

    assert (response.status_code, heading(response)) == (500, "Something broke on our side")


def test_theme_of_the_reader_is_kept(client, db):
    client.cookies["theme"] = "dark"

    assert '<html lang="en" data-theme="dark">' in client.get("/nothing").content.decode()


def test_theme_that_we_do_not_know_is_none(client, db):
    client.cookies["theme"] = "auto"

    assert '<html lang="en">' in client.get("/nothing").content.decode()
