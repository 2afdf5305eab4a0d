"""The application with a hash of passwords that costs nothing: the races are about rows, and nobody guesses here.

Argon2 takes a tenth of a second of a core on purpose, and would keep those who register from racing.
"""

from django.conf import settings

from crm_project.wsgi import application

__all__ = ["application"]
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
