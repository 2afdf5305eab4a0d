"""The settings refuse nonsense at the start, in a sentence; the secret key keeps to itself."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings

from crm_project import secret_key

GOOD_KEY = "abcdefghij" * 5
IN_SETTINGS = {"DJANGO_SETTINGS_MODULE": "crm_project.settings"}


def start(*command, **variables):
    """What a start with these variables says: the exit code, and the last line of its complaint."""
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": GOOD_KEY, **variables}
    done = subprocess.run(
        [sys.executable, *(command or ("manage.py", "check"))],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, (done.stderr.strip().splitlines() or [""])[-1].rpartition("ImproperlyConfigured: ")[2]


def test_good_settings_start():
    assert start()[0] == 0


def test_a_start_that_counts_nobody_says_so():
    done = subprocess.run(
        [sys.executable, "-c", "import crm_project.settings"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": GOOD_KEY, "CRM_THROTTLE": "off"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "CRM_THROTTLE is off: NOBODY IS COUNTED, passwords may be guessed." in done.stderr


def test_keys_of_before_are_read():
    before = [GOOD_KEY.upper(), GOOD_KEY.title()]
    command = "from django.conf import settings; import sys; sys.exit(settings.SECRET_KEY_FALLBACKS != sys.argv[1:])"

    assert start("-c", command, *before, **IN_SETTINGS, SECRET_KEY_FALLBACKS=",".join(before))[0] == 0


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"ROW_SECURITY": "on"}, "ROW_SECURITY is PostgreSQL's: set DATABASE_URL, or ROW_SECURITY=off."),
        ({"SECRET_KEY": "k" * 31}, "SECRET_KEY needs at least 32 bytes: set a longer one."),
        (
            {"SECRET_KEY_FALLBACKS": f"{GOOD_KEY},{'k' * 31}"},
            "SECRET_KEY_FALLBACKS needs at least 32 bytes: set a longer one.",
        ),
        ({"CRM_THROTTLE": "maybe"}, "CRM_THROTTLE is 'on' or 'off'."),
        ({"CRM_THROTTLE": ""}, "CRM_THROTTLE is 'on' or 'off'."),
        ({"DATABASE_URL": ""}, "DATABASE_URL is a URL like postgres://user@host:5432/name."),
        ({"DATABASE_URL": "garbage"}, "DATABASE_URL is a URL like postgres://user@host:5432/name."),
        ({"DATABASE_URL": "gopher://x/y"}, "DATABASE_URL is a URL like postgres://user@host:5432/name."),
        ({"DATABASE_URL": "postgres://x:port/y"}, "DATABASE_URL is a URL like postgres://user@host:5432/name."),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL is a URL like postgres://user@host:5432/name."),
        (
            {"PREPARE_STATEMENTS": "maybe", "DATABASE_URL": "postgres://u@h/name"},
            "PREPARE_STATEMENTS is 'on' or 'off'.",
        ),
        ({"CACHE_URL": ""}, "CACHE_URL is a URL like redis://host:6379/0."),
        ({"CACHE_URL": "garbage"}, "CACHE_URL is a URL like redis://host:6379/0."),
        ({"EMAIL_URL": "garbage"}, "EMAIL_URL is a URL like smtp://user:password@host:25."),
        (
            {"DEBUG": "on", "ALLOWED_HOSTS": "localhost,crm.example.com"},
            "DEBUG shows our insides to whoever reaches ALLOWED_HOSTS: set DEBUG=off.",
        ),
        ({"LIMIT_REQUESTS": "0"}, "LIMIT_REQUESTS is a whole number from 1."),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES is a whole number from 0."),
        ({"DEBUG": "perhaps"}, "DEBUG is 'on' or 'off'."),
        ({"SECURE_SSL_REDIRECT": "perhaps"}, "SECURE_SSL_REDIRECT is 'on' or 'off'."),
    ],
    ids=str,
)
def test_nonsense_stops_the_start(variables, complaint):
    assert start(**variables) == (1, complaint)


def test_cookies_of_production_are_bound_to_the_host():
    command = (
        "from django.conf import settings as s; import sys;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE);"
        "sys.exit(s.SESSION_COOKIE_PATH != '/' or bool(s.SESSION_COOKIE_DOMAIN or s.CSRF_COOKIE_DOMAIN))"
    )
    done = subprocess.run(
        [sys.executable, "-c", command],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": GOOD_KEY, "SECURE_SSL_REDIRECT": "on", **IN_SETTINGS},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "__Host-sessionid __Host-csrftoken True True\n"


def test_settings_for_production_are_safe():
    code, complaint = start("manage.py", "check", "--deploy", "--fail-level", "WARNING", SECURE_SSL_REDIRECT="on")

    assert (code, complaint) == (0, "")


def test_secret_key_is_made_once(tmp_path):
    path = tmp_path / "var" / "secret_key"

    first, second = secret_key.read_or_create(path), secret_key.read_or_create(path)

    assert first == second == path.read_text()
    assert len(first) >= 50


def test_secret_key_is_read_by_its_owner_alone(tmp_path):
    secret_key.read_or_create(tmp_path / "secret_key")

    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_the_key(tmp_path):
    command = (
        "import pathlib, sys; from crm_project import secret_key;"
        "print(secret_key.read_or_create(pathlib.Path(sys.argv[1])))"
    )

    def process(_):
        arguments = [sys.executable, "-c", command, str(tmp_path / "secret_key")]
        return subprocess.run(arguments, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True).stdout

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(process, range(8)))

    assert len(keys) == 1
    assert len(keys.pop().strip()) >= 50


def test_a_start_that_dies_while_writing_leaves_nothing_behind(tmp_path, monkeypatch):
    def die(length):
        raise KeyboardInterrupt

    monkeypatch.setattr(secret_key.secrets, "token_urlsafe", die)

    with pytest.raises(KeyboardInterrupt):
        secret_key.read_or_create(tmp_path / "secret_key")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("word", "opened"), [("on", "DirectConnection"), ("off", "QuickConnection")])
def test_postgresql_plans_statements_once_where_it_may(word, opened):
    command = (
        "from django.conf import settings; import sys; options = settings.DATABASES['default']['OPTIONS'];"
        " sys.exit(options['pool']['connection_class'].__name__ != sys.argv[1])"
    )
    variables = {**IN_SETTINGS, "DATABASE_URL": "postgres://user@host:5432/name", "PREPARE_STATEMENTS": word}

    assert start("-c", command, opened, **variables)[0] == 0
