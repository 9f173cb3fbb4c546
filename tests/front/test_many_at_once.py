"""Slow lines, long queues, large files: nobody waits for somebody else's phone. A real server over a socket."""

import json
import os
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .server import MULTIPART, in_chunks, report, running
from .watching import Trickling, Watch

pytestmark = pytest.mark.server

DEVICE = "/k/good/submission"


@pytest.mark.parametrize("path", [DEVICE, "/"])
def test_every_page_is_answered_while_a_hundred_uploads_trickle(server, path):
    with Trickling(server, path):
        answers = [server.ask("GET", "/", timeout=10).status for _ in range(100)]
        sent = server.ask("POST", DEVICE, report(("p.jpg", b"x" * 100_000)), Content_Type=MULTIPART, timeout=10)

    assert answers == [200] * 100
    assert sent.status == 201


def test_a_long_queue_is_told_to_come_again(tmp_path):
    with running(tmp_path, SABIR_QUEUE="2") as server, ThreadPoolExecutor(40) as clients:
        answers = list(clients.map(lambda _: server.ask("GET", "/slow?seconds=0.5"), range(40)))
        after = server.ask("GET", "/slow?seconds=0")

    told = {answer.status for answer in answers}
    assert told == {200, 503}
    assert all(answer.getheader("Retry-After") for answer in answers if answer.status == 503)
    assert after.status == 200


def test_bodies_that_fill_the_memory_set_aside_are_told_to_come_again(tmp_path):
    with running(tmp_path, SABIR_HELD_BYTES="3000000") as server:
        waiting = [server.socket("POST / HTTP/1.1\nContent-Length: 1900000\n", b"x" * 1_400_000) for _ in range(2)]
        time.sleep(0.5)
        refused = server.ask("POST", "/", b"x" * 1_000_000)
        for line in waiting:
            line.close()
        time.sleep(0.5)
        taken = server.ask("POST", "/", b"x" * 1_000_000)

    assert (refused.status, taken.status) == (503, 200)


def test_a_large_file_is_sent_whole_and_slow_readers_hold_no_thread(server):
    slow = [server.socket("GET /file HTTP/1.1\n") for _ in range(20)]
    time.sleep(0.5)

    assert server.ask("GET", "/").status == 200
    whole = server.ask("GET", "/file")
    assert whole.content == b"0123456789abcdef" * 1_000_000
    assert server.ask("HEAD", "/file").content == b""
    for line in slow:
        line.close()


def memory(server) -> int:
    """Resident memory of all processes of the server, in bytes."""
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in server.processes()]
    return sum(pages) * os.sysconf("SC_PAGE_SIZE")


def test_a_slow_reader_does_not_make_the_server_hold_the_file(server):
    before = memory(server)
    slow = [server.socket("GET /file HTTP/1.1\n") for _ in range(20)]
    time.sleep(1)
    after = memory(server)
    for line in slow:
        line.close()

    assert after - before < 60_000_000  # twenty files of 16 MB would be 320


@pytest.mark.parametrize("chunked", [False, True])
def test_while_twenty_megabytes_arrive_no_clear_byte_touches_the_disk(server, kept, chunked):
    mark = secrets.token_hex(16).encode()
    body = report(("photo.jpg", mark * 625_000))
    watch = Watch(server, mark)
    looks = []

    def watched():
        for number, piece in enumerate(in_chunks(body, 100_000)):
            yield piece
            if number % 10 == 0:
                watch.look()
                looks.append(len(kept()))

    headers = {"Transfer_Encoding": "chunked"} if chunked else {"Content_Length": str(len(body))}
    answer = server.ask("POST", DEVICE, watched(), timeout=60, Content_Type=MULTIPART, **headers)
    watch.look()

    assert answer.status == 201
    assert json.loads(answer.content)["files"]["photo.jpg"] > 20_000_000
    assert any(looks)  # the file was there, growing, while we looked
    assert watch.seen == []


def test_twenty_megabytes_are_never_whole_in_memory(server):
    before = memory(server)
    body = report(("photo.jpg", b"x" * 20_000_000))
    most = 0

    def watched():
        nonlocal most
        for piece in in_chunks(body, 100_000):
            yield piece
            most = max(most, memory(server))

    server.ask("POST", DEVICE, watched(), timeout=60, Content_Type=MULTIPART, Content_Length=str(len(body)))

    assert most - before < 12_000_000
