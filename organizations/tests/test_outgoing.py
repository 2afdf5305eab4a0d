"""Whom we ask in somebody's name: the internet, by the address that was checked; nothing inside, and not for long."""

import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from organizations import outgoing

HERE = "127.0.0.1/32"


class Hook(BaseHTTPRequestHandler):
    asked: list

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, self.headers["Host"], self.headers["X-Event"], body))
        status, headers, parts = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        for pause, part in parts:
            time.sleep(pause)
            self.wfile.write(part)
            self.wfile.flush()

    def log_message(self, *args):
        pass


class Quiet(HTTPServer):
    def handle_error(self, request, client_address):
        """Whoever hangs up is no mistake here."""


@pytest.fixture
def hook(settings):
    settings.OUTGOING_ALLOWED = [HERE]
    server = Quiet(("127.0.0.1", 0), Hook)
    server.asked, server.answer = [], (200, {}, [(0, b"thanks")])
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def resolve(monkeypatch, *addresses):
    """Every name has these addresses; answers with how often it was asked for."""
    asked = []

    def getaddrinfo(host, port, *args, **options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def send(server, path="/hook?x=1", host="127.0.0.1"):
    return outgoing.post(f"http://{host}:{server.server_port}{path}", b"{}", {"X-Event": "deal.won"})


def test_answer_of_a_hook(hook):
    assert send(hook) == (200, b"thanks")
    assert hook.asked == [("/hook?x=1", f"127.0.0.1:{hook.server_port}", "deal.won", b"{}")]


def test_host_is_named_while_the_address_is_connected_to(hook, monkeypatch):
    resolve(monkeypatch, "127.0.0.1")

    assert send(hook, host="hooks.example").status == 200
    assert hook.asked[0][1] == f"hooks.example:{hook.server_port}"


def test_name_is_resolved_once(hook, monkeypatch):
    """A name that is public when it is checked and private when it is connected to would be let in."""
    asked = resolve(monkeypatch, "127.0.0.1")
    connected = []
    monkeypatch.setattr(
        socket, "create_connection", lambda place, *_: connected.append(place) or socket.socket().connect(place)
    )

    with pytest.raises(AttributeError):
        send(hook, host="rebinding.example")
    assert (asked, connected) == (["rebinding.example"], [("127.0.0.1", hook.server_port)])


def test_redirect_is_an_answer_like_any_other(hook):
    hook.answer = (302, {"Location": "http://169.254.169.254/"}, [])

    assert send(hook).status == 302
    assert len(hook.asked) == 1


def test_long_answer_is_read_to_a_limit(hook):
    hook.answer = (200, {}, [(0, b"x" * 1_000_000)])

    assert len(send(hook).body) == 65_536


def test_slow_answer_is_given_up(hook, monkeypatch):
    monkeypatch.setattr(outgoing, "SECONDS", 0.3)
    hook.answer = (200, {"Content-Length": "1000"}, [(0.1, b"x")] * 100)

    with pytest.raises(outgoing.NoAnswer, match=r"took longer than 0\.3 seconds to answer"):
        send(hook)


def test_nobody_there_is_said(settings):
    settings.OUTGOING_ALLOWED = [HERE]

    with pytest.raises(outgoing.NoAnswer, match=r"^127\.0\.0\.1 does not answer: .*refused"):
        outgoing.post("http://127.0.0.1:9/", b"", {})


def test_certificate_must_be_of_the_host(hook, monkeypatch):
    named = []
    resolve(monkeypatch, "127.0.0.1")
    monkeypatch.setattr(
        ssl.SSLContext, "wrap_socket", lambda self, sock, server_hostname: named.append(server_hostname) or sock
    )

    outgoing.post(f"https://hooks.example:{hook.server_port}/", b"", {})

    assert named == ["hooks.example"]
    context = ssl.create_default_context()
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "0", "0.0.0.0"),
        *(
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
        ),
        *("192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "255.255.255.255"),
        *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]"),
        *(
            "[fe80::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[ff02::1]",
            "[2002:7f00:1::]",
            "[2001:0:7f00:1::]",
            "[::7f00:1]",
        ),
        *("[2001:db8::1]", "[100::1]", "[5f00::1]"),
    ],
)
def test_what_is_inside_is_not_asked(host):
    with pytest.raises(outgoing.NotPublic, match="is not on the internet: name a host that everybody reaches"):
        outgoing.post(f"http://{host}/", b"", {})


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_the_internet_is_public(address):
    assert outgoing.is_public(address)


def test_one_address_inside_is_enough_to_refuse(monkeypatch):
    resolve(monkeypatch, "8.8.8.8", "10.0.0.1")

    with pytest.raises(outgoing.NotPublic):
        outgoing.public_address("mixed.example", 443)


def test_name_that_nobody_has(monkeypatch):
    def fail(*_, **__):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    with pytest.raises(outgoing.NoAnswer, match=r"There is no host named nobody\.example\."):
        outgoing.public_address("nobody.example", 443)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "example.com",
            "ftp://example.com/",
            "file:///etc/passwd",
            "gopher://example.com/",
            "http://",
            "http:///x",
        ),
        *("http://user:secret@example.com/", "http://example.com@127.0.0.1/", "http://example.com:port/"),
        *("http://example.com:0/", "http://example.com:99999/", "http://exa mple.com/", "http://example.com/\r\nX: y"),
        *("http://[::1/", "http://ex\u0430mple.com/", "//example.com/"),
    ],
)
def test_what_is_no_address_is_told(url):
    with pytest.raises(outgoing.NotPublic, match="Write an address like https"):
        outgoing.post(url, b"", {})
