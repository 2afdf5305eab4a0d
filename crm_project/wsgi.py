"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from organizations.tenancy.row_security import refuse_unbound_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm_project.settings")

application = get_wsgi_application()
refuse_unbound_role()
get_resolver().url_patterns  # noqa: B018  # so that all views are there before the first request
