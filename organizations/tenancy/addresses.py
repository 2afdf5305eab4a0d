"""Where a form may send its reader on to."""

from django.utils.http import url_has_allowed_host_and_scheme


def local_path(text: str) -> str:
    """This address if it is a path of our own, else nothing: nobody is led away by a link to us."""
    is_local = text.startswith("/") and text.isprintable() and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text if is_local else ""
