"""The settings of the tests: a fast hash for passwords, and a database in a file, which threads can share."""

from crm_project.settings import *  # noqa: F403
from crm_project.settings import DATABASES, MIDDLEWARE, ROW_SECURITY, VAR_DIR

CRM_THROTTLE = "off"  # hundreds of requests in a minute are nothing to a test; those about limits turn them on
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # finds a static file when it is asked for, not all of them for each new client
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if ROW_SECURITY:  # the whole of the tests, with every request bound by the policies
    MIDDLEWARE = ["crm_project.tests.bound.bound_middleware", *MIDDLEWARE]
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:  # what a test commits need not survive a crash
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
