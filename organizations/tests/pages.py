"""Members at their pages, and what they read there."""

import re

from django.test import Client


class Reader(Client):
    """A browser in which one member is signed in; addresses are those inside of the organization."""

    def __init__(self, membership):
        super().__init__()
        self.force_login(membership.user)
        self.place = f"/o/{membership.organization.slug}/"

    def read(self, path, **parameters):
        return Page(self.get(self.place + path, parameters))

    def send(self, path, **values):
        return Page(self.post(self.place + path, values))


class Page:
    """An answer as tests compare it."""

    def __init__(self, response):
        self.status, self.url = response.status_code, response.headers.get("Location")
        self.html = re.sub(
            r"<template.*?</template>|<dialog[^>]*help.*?</dialog>", "", response.content.decode(), flags=re.DOTALL
        )

    def all(self, pattern):
        return [re.sub(r"<[^>]+>", "", found).strip() for found in re.findall(pattern, self.html, re.DOTALL)]

    @property
    def heading(self):
        return self.all("<h1>(.*?)</h1>")[0]

    @property
    def rows(self):
        """The names in the list, in their order."""
        return self.all(r'<th scope="row">.*?<a [^>]*>(.*?)</a>')

    @property
    def errors(self):
        """What is wrong, by field; above the form under no name."""
        found = re.findall(r'class="error" id="id_(\w+)_error">.*?</svg>(.*?)</p>', self.html)
        whole = self.all(r'class="error-summary".*?<ul>\s*<li>([^<]*)</li>')
        return self.status, {**dict(found), **({None: whole[0]} if whole else {})}

    @property
    def reasons(self):
        return self.all(r'class="banner bad" role="alert">.*?<p>(.*?)</p>')

    @property
    def properties(self):
        return dict(zip(self.all("<dt>(.*?)</dt>"), self.all("<dd.*?>(.*?)</dd>"), strict=True))

    @property
    def fields(self):
        return re.findall(r'<label for="id_(\w+)">', self.html)

    @property
    def toasts(self):
        return self.all(r'class="toast">.*?<span>(.*?)</span>')
