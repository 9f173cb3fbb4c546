"""Bytes that no client library would write, to the real server: refused or answered, and it answers the next one."""

import re
import socket

import pytest

pytestmark = pytest.mark.server

ELSEWHERE = re.compile(rb"\r\nlocation: *(https?:)?[/\\]{2}(?!127\.0\.0\.1|localhost)", re.IGNORECASE)
HOST = b"Host: 127.0.0.1\r\n"
SMUGGLED = b"GET /fr/smuggled/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
REQUESTS = {
    "a path of another host": b"GET //evil.example/fr/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "a path of another host without its slash": b"GET //evil.example/fr/cases HTTP/1.1\r\n" + HOST + b"\r\n",
    "backslashes": b"GET /\\evil.example/%2f%2fevil.example HTTP/1.1\r\n" + HOST + b"\r\n",
    "a whole address": b"GET http://evil.example/fr/cases HTTP/1.1\r\n" + HOST + b"\r\n",
    "another host": b"GET /fr/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "a forwarded host": b"GET /fr/cases HTTP/1.1\r\n" + HOST + b"X-Forwarded-Host: evil.example\r\n\r\n",
    "two hosts": b"GET /fr/ HTTP/1.1\r\n" + HOST + b"Host: evil.example\r\n\r\n",
    "no host": b"GET /fr/ HTTP/1.1\r\n\r\n",
    "two lengths": b"POST /fr/sign-in/ HTTP/1.1\r\n"
    + HOST
    + b"Content-Length: 4\r\nContent-Length: 60\r\n\r\na=1&"
    + SMUGGLED,
    "a length and chunks": b"POST /fr/sign-in/ HTTP/1.1\r\n"
    + HOST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + SMUGGLED,
    "a length below nothing": b"POST /fr/sign-in/ HTTP/1.1\r\n" + HOST + b"Content-Length: -5\r\n\r\n",
    "a length that is no number": b"POST /fr/sign-in/ HTTP/1.1\r\n" + HOST + b"Content-Length: five\r\n\r\n",
    "broken chunks": b"POST /fr/sign-in/ HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
    "a chunk longer than the world": b"POST /fr/sign-in/ HTTP/1.1\r\n"
    + HOST
    + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc\r\n",
    "a NUL in a header": b"GET /fr/ HTTP/1.1\r\n" + HOST + b"Cookie: session=a\0b\r\n\r\n",
    "a NUL in the path": b"GET /fr/\0 HTTP/1.1\r\n" + HOST + b"\r\n",
    "a query of a megabyte": b"GET /fr/?" + b"x" * 1_000_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "a thousand headers": b"GET /fr/ HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: y\r\n" % n for n in range(1000)) + b"\r\n",
    "a cookie of broken bytes": b"GET /fr/cases/ HTTP/1.1\r\n"
    + HOST
    + b"Cookie: session=\xff\xfe\xc3; language=\x80\r\n\r\n",
    "a language that is a path": b"GET / HTTP/1.1\r\n" + HOST + b"Cookie: language=../../etc\r\n\r\n",
    "an odd method": b"BREW /fr/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "a method to other hosts": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
    "a trace": b"TRACE /fr/ HTTP/1.1\r\n" + HOST + b"Cookie: session=secret\r\n\r\n",
    "an upgrade": b"GET /fr/ HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20 + b"\r\n\r\n",
}


def answered(port: int, request: bytes) -> bytes:
    """All that comes back until the server is silent for a second or closes; nothing where it simply hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        answer = b""
        try:
            line.sendall(request)
            line.settimeout(1)
            while piece := line.recv(65536):
                answer += piece
                line.settimeout(0.3)
        except OSError:
            pass
        return answer


@pytest.mark.parametrize("what", REQUESTS)
def test_it_is_refused_or_answered_and_leads_nowhere_else(application, what):
    answer = answered(application.port, REQUESTS[what])

    assert answer == b"" or re.match(rb"HTTP/1\.1 [1234]\d\d ", answer), answer[:80]
    assert not ELSEWHERE.search(answer)
    assert b"session=secret" not in answer
    assert b"evil.example" not in answer.partition(b"\r\n\r\n")[0]
    assert application.ask("GET", "/fr/").status == 200


@pytest.mark.parametrize("what", ["two lengths", "a length and chunks"])
def test_nothing_is_smuggled_behind_a_request(application, what):
    assert answered(application.port, REQUESTS[what]).count(b"HTTP/1.1 ") <= 1
