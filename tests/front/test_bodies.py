"""What the front takes, how long it waits, and what it says when it does not take it. A real server over a socket."""

import hashlib
import json
import re
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sabir.vault import seal

from .server import MULTIPART, XML, in_chunks, multipart, report, running, until

pytestmark = pytest.mark.server

DEVICE = "/k/good/submission"


def told(answer):
    return json.loads(answer.content)


@pytest.mark.parametrize("length", [0, 1, 100_000, 2_000_000])
@pytest.mark.parametrize("chunked", [False, True])
def test_an_ordinary_body_arrives_whole(server, length, chunked):
    body = b"x" * length
    sent, headers = (in_chunks(body), {"Transfer_Encoding": "chunked"}) if chunked else (body, {})
    answer = server.ask("POST", "/", sent, **headers)

    assert told(answer)["length"] == length
    assert told(answer)["body"] == hashlib.sha256(body).hexdigest()


def test_a_request_keeps_its_path_cookies_and_address(server):
    answer = told(server.ask("GET", "/echo/%D8%B9%26x?y=1", Cookie="a=b; c=d"))

    assert (answer["PATH_INFO"], answer["HTTP_COOKIE"], answer["REMOTE_ADDR"]) == ("/echo/ع&x", "a=b; c=d", "127.0.0.1")


def test_forwarding_headers_of_strangers_are_not_believed(server):
    answer = told(server.ask("GET", "/", X_Forwarded_For="10.0.0.9", X_Forwarded_Proto="https"))

    assert (answer["HTTP_X_FORWARDED_FOR"], answer["secure"], answer["REMOTE_ADDR"]) == (None, False, "127.0.0.1")


def test_a_few_lasting_threads_answer_everything(server):
    threads = {told(server.ask("GET", "/"))["thread"] for _ in range(40)}

    assert len(threads) <= 8


def test_head_is_answered_without_a_body(server):
    page, place = server.ask("HEAD", "/"), server.ask("HEAD", DEVICE)

    assert (page.status, page.content) == (200, b"")
    assert (place.status, place.content, place.getheader("Content-Length")) == (204, b"", None)


@pytest.mark.parametrize(("path", "limit"), [("/", 2_000_000), (DEVICE, 35_000_000), ("/fr/reports/send/", 35_000_000)])
def test_a_body_announced_too_large_is_refused_before_it_is_sent(server, path, limit):
    line = server.socket(f"POST {path} HTTP/1.1\nContent-Length: {limit + 1}\nExpect: 100-continue\n")

    assert line.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_a_client_that_writes_on_still_reads_why_it_is_refused(server):
    answer = server.ask("POST", "/", b"x" * 3_000_000)

    assert answer.status == 413
    assert b" 2\xc2\xa0M" in answer.content or b" 2 M" in answer.content  # "2 MB" in whatever language
    assert answer.getheader("Connection") == "close"


@pytest.mark.parametrize("path", ["/", DEVICE])
def test_a_body_in_chunks_is_refused_when_it_grows_too_large(server, kept, path):
    pieces = report(("p.jpg", b"x" * 10_000)) + b"x" * 37_000_000 if path == DEVICE else b"x" * 2_100_000
    sent = server.socket(f"POST {path} HTTP/1.1\nTransfer-Encoding: chunked\nContent-Type: {MULTIPART}\n")
    for piece in in_chunks(pieces, 100_000):
        try:
            sent.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
        except OSError:
            break

    assert sent.recv(1000).startswith(b"HTTP/1.1 413 ")
    assert until(lambda: kept() == [])


@pytest.mark.parametrize("path", ["/", DEVICE, "/k/bad/submission"])
def test_a_body_that_stops_coming_gets_408_in_words(server, kept, path):
    line = server.socket(
        f"POST {path} HTTP/1.1\nContent-Length: 1000000\nContent-Type: {MULTIPART}\n",
        report(("p.jpg", b"x" * 100_000))[:90_000],
    )
    answer = line.recv(10_000)

    if "bad" in path:
        assert answer.startswith(b"HTTP/1.1 403 ")
        return
    assert answer.startswith(b"HTTP/1.1 408 ")
    head, _, words = answer.partition(b"\r\n\r\n")
    assert (b"x-openrosa-version: 1.0" in head) == (path == DEVICE)
    assert len(words) > 50
    assert until(lambda: kept() == [])


def test_a_body_that_drips_for_ever_gets_408_too(server):
    line = server.socket("POST / HTTP/1.1\nContent-Length: 1000000\n")
    line.settimeout(0.5)
    began = time.monotonic()
    answer = b""
    while not answer and time.monotonic() < began + 15:
        try:
            line.sendall(b"x")
            answer = line.recv(1000)
        except TimeoutError:
            continue

    assert answer.startswith(b"HTTP/1.1 408 ")


def test_a_phone_reads_the_refusal_as_an_openrosa_message(server):
    body = multipart(("photo", "photo", XML * 1000))
    answer = server.ask("POST", DEVICE, body, Content_Type=MULTIPART)
    envelope = ElementTree.fromstring(answer.content)

    assert answer.status == 400
    assert answer.getheader("X-OpenRosa-Version") == "1.0"
    assert answer.getheader("Date")
    assert envelope.tag == "{http://openrosa.org/http/response}OpenRosaResponse"
    assert envelope[0].text


def test_a_script_reads_the_refusal_as_json_and_a_person_as_a_page(server):
    body = multipart(("wrong", "wrong", b"x"))
    script = server.ask("POST", "/fr/reports/send/", body, Content_Type=MULTIPART, Accept="application/json")
    person = server.ask("POST", "/fr/reports/send/", body, Content_Type=MULTIPART)

    assert told(script)["code"] == "field.report_not_first"
    assert person.content.startswith(b'<!doctype html><html lang="fr" dir="ltr">')
    assert (script.status, person.status) == (400, 400)


@pytest.mark.parametrize("size", [10, 300_000])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_report_with_a_photo_is_received_and_sealed(server, kept, union_key, size, chunked):
    photo = b"MARK" * size
    body = report(("photo.jpg", photo))
    if chunked:
        answer = server.ask("POST", DEVICE, in_chunks(body), Content_Type=MULTIPART, Transfer_Encoding="chunked")
    else:
        answer = server.ask("POST", DEVICE, body, Content_Type=MULTIPART)

    assert (answer.status, told(answer)["xml"]) == (201, len(XML))
    [path] = kept()
    assert told(answer)["files"] == {"photo.jpg": path.stat().st_size}
    assert b"MARKMARK" not in path.read_bytes()
    path.unlink()


def test_a_report_with_a_hundred_and_one_photos_is_received(server, kept):
    body = report(*[(f"{n}.jpg", b"x" * 1000) for n in range(101)])

    answer = server.ask("POST", DEVICE, body, Content_Type=MULTIPART)

    assert (answer.status, len(told(answer)["files"]), len(kept())) == (201, 101, 101)


def test_a_report_sealed_in_the_browser_is_received(server, kept, union_key):
    header, body = seal.seal_bytes(b"x" * 200_000, [str(union_key.to_public())])
    sent = multipart(("report", None, b'{"form":"intake"}'), ("ab" * 32, "f", header + body))

    answer = server.ask("POST", "/fr/reports/send/", sent, Content_Type=MULTIPART)

    assert (answer.status, told(answer)) == (201, {"report": {"form": "intake"}, "files": 1})
    assert kept()[0].read_bytes() == body


@pytest.mark.parametrize("size", [10, 200_000])
def test_a_door_that_stays_shut_answers_the_post_and_takes_nothing(server, kept, size):
    answer = server.ask("POST", "/k/bad/submission", report(("p.jpg", b"x" * size)), Content_Type=MULTIPART)

    assert (answer.status, answer.content) == (403, b"no POST")
    assert kept() == []


@pytest.mark.parametrize(("token", "status", "files"), [("late", 409, 0), ("broken", 500, 1)])
def test_what_the_view_refuses_is_removed_and_what_breaks_it_stays(server, kept, token, status, files):
    answer = server.ask("POST", f"/k/{token}/submission", report(("p.jpg", b"x" * 200_000)), Content_Type=MULTIPART)

    assert answer.status == status
    assert until(lambda: len(kept()) == files)


@pytest.mark.parametrize("body", [b"", b"no multipart", report(("p.jpg", b"x" * 300_000))[:250_000]])
def test_a_damaged_body_gets_400_and_leaves_nothing(server, kept, body):
    answer = server.ask("POST", DEVICE, body, Content_Type=MULTIPART)

    assert answer.status == 400
    assert until(lambda: kept() == [])


@pytest.mark.parametrize("path", [DEVICE, "/"])
def test_a_client_that_leaves_half_way_leaves_nothing_behind(server, kept, path):
    line = server.socket(
        f"POST {path} HTTP/1.1\nContent-Length: 2000000\nContent-Type: {MULTIPART}\n",
        report(("p.jpg", b"x" * 1_500_000))[:1_000_000],
    )
    if path == DEVICE:
        assert until(kept)
    line.close()

    assert until(lambda: kept() == [], seconds=1.5)  # sooner than the idle limit: it is the leaving that is seen
    assert server.ask("GET", "/").status == 200


def test_a_disk_that_takes_nothing_is_told_in_words_and_the_log_quotes_nobody(tmp_path):
    with running(tmp_path) as server:
        (server.home / "media").write_text("no folder")
        body = report(("p.jpg", b"x" * 200_000))
        answer = server.ask("POST", DEVICE, body, Content_Type=MULTIPART)
        after = server.ask("GET", "/")

        assert (answer.status, after.status) == (500, 200)
        assert answer.getheader("X-OpenRosa-Version") == "1.0"
        assert ElementTree.fromstring(answer.content)[0].text
        assert b"NotADirectoryError" in server.said()
        assert b"/media" not in server.said()


def test_the_server_leaves_no_core_dump(server):
    limits = [Path(f"/proc/{pid}/limits").read_text() for pid in server.processes()[1:]]

    assert limits
    assert all(re.search(r"Max core file size +0 +0 ", text) for text in limits)


def test_tokens_are_in_no_log_and_no_output(server):
    for token in "good", "bad", "late", "broken":
        path = f"/k/{token}/submission?deviceID=unmistakable"
        server.ask("POST", path, report(("p.jpg", b"x")), Content_Type=MULTIPART)
    server.ask("POST", "/k/unmistakable/submission", b"x" * 100)
    server.ask("GET", "/k/unmistakable/elsewhere")
    server.ask("GET", "/breaks")

    assert b"RuntimeError" in server.said()
    assert b"unmistakable" not in server.said()
