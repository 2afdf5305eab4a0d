"""Calls the program in this process, as Django's client does, without what only tests look at."""

from typing import Any

from django.test import Client


class Caller(Client):
    """An exception is answered as a server answers it; which templates were rendered, and with what, is not kept."""

    def request(self, **request: Any) -> Any:
        response = self.handler(self._base_environ(**request))  # type: ignore[attr-defined]  # Django's own
        self.cookies |= response.cookies
        return response
