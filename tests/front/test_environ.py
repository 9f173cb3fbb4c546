"""From the server's scope to what Django sees, and whose word is believed."""

import io

import pytest

from config import front_wsgi
from config.front_words import in_words
from config.front_wsgi import Answer, OpenFile, ask, environ_of
from sabir.kernel.public import BadInput, TooBusy


def scope(*headers, path="/", client="192.0.2.7", **more):
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": (client, 40000),
        "headers": [(name.encode(), value.encode()) for name, value in (("host", "localhost"), *headers)],
        **more,
    }


FORWARDED = (("x-forwarded-for", "203.0.113.9, 198.51.100.4"), ("x-forwarded-proto", "https"))


def test_without_a_proxy_nothing_forwarded_is_believed():
    environ = environ_of(scope(*FORWARDED, ("forwarded", "for=1"), client="127.0.0.1"))

    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert not [name for name in environ if "FORWARDED" in name]


def test_a_known_proxy_is_believed_about_its_own_client_and_nobody_else(monkeypatch):
    monkeypatch.setattr(front_wsgi, "PROXIES", frozenset({"127.0.0.1"}))

    behind = environ_of(scope(*FORWARDED, client="127.0.0.1"))
    beside = environ_of(scope(*FORWARDED, client="192.0.2.7"))

    assert (behind["REMOTE_ADDR"], behind["HTTP_X_FORWARDED_PROTO"]) == ("198.51.100.4", "https")
    assert beside["REMOTE_ADDR"] == "192.0.2.7"
    assert "HTTP_X_FORWARDED_PROTO" not in beside


def test_a_proxy_that_names_no_client_does_not_lend_its_own_address(monkeypatch):
    monkeypatch.setattr(front_wsgi, "PROXIES", frozenset({"127.0.0.1"}))

    assert environ_of(scope(client="127.0.0.1"))["REMOTE_ADDR"] == ""


def test_names_with_underscores_cannot_pass_for_others():
    environ = environ_of(scope(("x_forwarded_for", "1"), ("remote_addr", "1"), ("content_length", "7")))

    assert environ["CONTENT_LENGTH"] == "0"
    assert [name for name in environ if name.startswith("HTTP_")] == ["HTTP_HOST"]


def test_repeated_headers_are_joined_as_their_kind_asks():
    environ = environ_of(scope(("cookie", "a=b"), ("cookie", "c=d"), ("accept", "x"), ("accept", "y")))

    assert (environ["HTTP_COOKIE"], environ["HTTP_ACCEPT"]) == ("a=b; c=d", "x,y")


@pytest.mark.parametrize(("raw", "seen"), [(b"/%C3%A9", "/\xc3\xa9"), (b"/%ff", "/\xff"), (None, "/\xc3\xa9")])
def test_the_path_is_passed_on_byte_for_byte(raw, seen):
    assert environ_of(scope(path="/é", raw_path=raw))["PATH_INFO"] == seen


@pytest.fixture
def answering(monkeypatch):
    """Let an application of one's own stand in for Django."""

    def stand_in(headers, response):
        def application(environ, start):
            start("200 OK", headers)
            return response

        monkeypatch.setattr(front_wsgi, "application", application)

    return stand_in


class Pieces(list):
    closed = False

    def close(self):
        self.closed = True


def test_a_response_in_pieces_is_joined_and_closed(answering):
    pieces = Pieces([b"a", b"b"])
    answering([("Content-Type", "text/plain")], pieces)

    assert ask(environ_of(scope())) == Answer(200, [(b"content-type", b"text/plain")], b"ab")
    assert pieces.closed


def test_a_file_is_handed_on_unread_and_for_head_closed(db, answering):
    file = io.BytesIO(b"content")
    answering([], OpenFile(file))

    assert isinstance(ask(environ_of(scope())).body, OpenFile)
    assert ask(environ_of(scope(), method="HEAD")).body == b""
    assert file.closed


@pytest.mark.parametrize("headers", [[("X", "a\r\nSet-Cookie: b")], [("X\n", "a")]])
def test_a_header_with_a_line_end_is_never_sent(answering, headers):
    answering(headers, [b"x"])

    assert ask(environ_of(scope())).status == 500


def test_an_answer_that_breaks_half_way_is_a_bare_500(answering):
    def breaking():
        yield b"half"
        raise RuntimeError("who she is")

    answering([], breaking())

    assert ask(environ_of(scope())) == Answer(500, [(b"content-type", b"text/plain")], b"500\n")


def test_words_follow_the_path_and_then_the_phones_language():
    refusal = BadInput("x", "No <b>")

    page = in_words(scope(path="/ar/figures/"), refusal)
    phone = in_words(scope(("accept-language", "ar"), path="/k/t/submission"), refusal)

    assert (b"content-language", b"ar") in page.headers
    assert b'lang="ar" dir="rtl"' in page.body
    assert (b"content-language", b"ar") in phone.headers
    assert b"No &lt;b&gt;" in page.body
    assert b"No &lt;b&gt;" in phone.body


def test_too_busy_says_when_to_come_again():
    assert dict(in_words(scope(), TooBusy("front.busy")).headers)[b"retry-after"] == b"5"
