"""What the environment may say, and the sentence that mends what it may not."""

import runpy

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from crm_project import environment

NAMES = "X are names of hosts, separated by commas, like crm.example.com; no '*'."
ORIGINS = "X are origins, separated by commas, like https://crm.example.com."
ORIGIN = "X is an origin like https://crm.example.com, without a path."


def site(name):
    return environment.site(name, default="", is_safe=False)


def safe_site(name):
    return environment.site(name, default="", is_safe=True)


def email(name):
    return environment.email(name, default="")["EMAIL_HOST"]


def cache(name):
    return environment.cache(name, default="")["LOCATION"]


def hosts(name):
    return environment.hosts(name, default=[])


@pytest.mark.parametrize(
    ("read", "value", "sentence"),
    [
        *((hosts, value, NAMES) for value in ["*", "a.example,*", "", "https://a.example", "a.example:80", "a b", "/"]),
        *((hosts, value, NAMES) for value in [".", "[::1", "a..b", "*.example.com"]),
        *((environment.origins, value, ORIGINS) for value in ["*", "https://*", "a.example", "https://a.example/"]),
        *(
            (site, value, ORIGIN)
            for value in ["", "crm.example.com", "ftp://a.example", "https://a.example/", "https://"]
        ),
        *((site, value, ORIGIN) for value in ["https://a.example/crm", "https://a.example?x", "https://u:p@a.example"]),
        *((site, value, ORIGIN) for value in ["https://a.example:port", "https://a b", "https://[::1", "https://a#b"]),
        (environment.networks, "inside", "X are networks, separated by commas, like 192.168.7.0/24."),
        (safe_site, "http://a.example", "X begins with https:// where SECURE_SSL_REDIRECT is on."),
        *((email, value, "X is a URL like smtp://user:password@host:25.") for value in ["gopher://x", "smtp://", "x"]),
        *(
            (cache, value, "X is a URL like redis://host:6379/0.")
            for value in ["dummycache://", "dbcache://t", "x://y"]
        ),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_nonsense_is_answered_with_what_mends_it(monkeypatch, read, value, sentence):
    monkeypatch.setenv("X", value)

    with pytest.raises(ImproperlyConfigured) as refusal:
        read("X")
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("read", "value", "found"),
    [
        (hosts, "crm.example.com,.example.org,[::1]", ["crm.example.com", ".example.org", "[::1]"]),
        (environment.origins, "https://crm.example.com,http://127.0.0.1:8000", 2),
        (site, "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        (site, "https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        (safe_site, "https://crm.example.com", "https://crm.example.com"),
        (safe_site, "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        (email, "smtp+tls://u:p@mail.example:587", "mail.example"),
        (email, "consolemail://", None),
        (cache, "redis://cache:6379/1", "redis://cache:6379/1"),
        (cache, "locmemcache://", ""),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_sense_is_taken(monkeypatch, read, value, found):
    monkeypatch.setenv("X", value)

    read_value = read("X")

    assert (len(read_value) if isinstance(found, int) else read_value) == found


@pytest.mark.parametrize(("seconds", "options"), [("0", None), ("30", "-c statement_timeout=30s")])
def test_longest_statement(monkeypatch, seconds, options):
    monkeypatch.setenv("STATEMENT_TIMEOUT", seconds)

    found = environment.options({"ENGINE": "django.db.backends.postgresql"}, threads=8)

    assert (found["pool"]["max_size"], found.get("options")) == (8, options)


@pytest.mark.parametrize("key", ["k" * 64, "ab" * 32, "changeme" * 8, "django-insecure-4f9z8q1m7c5v2b0n3x6l"])
def test_key_that_can_be_guessed_is_none(key):
    with pytest.raises(ImproperlyConfigured, match=r"^K is easy to guess: set one made at random\.$"):
        environment.keys("K", key)


@pytest.mark.parametrize(
    ("names", "ours"),
    [
        (["127.0.0.1", "localhost", "[::1]", "crm.localhost", "127.1.2.3"], True),
        (["localhost", "crm.example.com"], False),
        (["192.168.1.7"], False),
        (["localhost.example.com"], False),
    ],
)
def test_hosts_that_only_this_machine_reaches(names, ours):
    assert environment.are_ours(names) is ours


@pytest.mark.parametrize(
    ("url", "starts"), [("", False), ("locmemcache://", False), ("redis://127.0.0.1:6379/6", True)]
)
def test_several_processes_share_a_cache(monkeypatch, url, starts):
    monkeypatch.setenv("WEB_CONCURRENCY", "2")
    monkeypatch.setenv("CACHE_URL", url)

    if starts:
        assert runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))["workers"] == 2
        return
    with pytest.raises(SystemExit, match="Several processes need a shared cache"):
        runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))


@pytest.mark.parametrize(
    ("url", "seconds"),
    [
        ("sqlite:///x.sqlite3", None),
        ("sqlite:///x.sqlite3?conn_max_age=5", 5),
        ("postgres://x", 0),  # the pool keeps them
    ],
)
def test_a_file_stays_open(monkeypatch, url, seconds):
    monkeypatch.setenv("X", url)

    assert environment.database("X", default="").get("CONN_MAX_AGE", 0) == seconds
