"""An ordinary page while a hundred phones upload photos at the speed of 2G."""

import socket
import threading
from http.client import HTTPConnection

from .lines import say
from .server import Server
from .timing import timed

PHONES = 100
BYTES_A_TURN = 400
TURN = 0.2  # seconds: with the bytes above 2 kB/s
COUNT = 600
SECONDS = 60
PATH = "/fr/"
PHOTO = 20_000_000


def measured(server: Server) -> dict[str, object]:
    """Ask for the page again and again while the uploads trickle; print how long it took."""

    def ask(connection: HTTPConnection, number: int) -> bool:
        connection.request("GET", PATH)
        answer = connection.getresponse()
        answer.read()
        return answer.status == 200

    alone = timed(server.port, ask, range(COUNT // 2), 1, SECONDS)
    over = threading.Event()
    phones = [_begin(server) for _ in range(PHONES)]
    trickle = threading.Thread(target=_trickle, args=(phones, over))
    trickle.start()
    try:
        found = timed(server.port, ask, range(COUNT), 1, SECONDS)
    finally:
        over.set()
        trickle.join()
        for phone in phones:
            phone.close()
    return say(
        "page while uploads trickle",
        server,
        page=PATH,
        uploads=PHONES,
        asked=len(found.seconds),
        failed=found.failed + alone.failed,
        p50_ms=found.percentile(0.5),
        p95_ms=found.percentile(0.95),
        p95_ms_without=alone.percentile(0.95),
    )


def _begin(server: Server) -> socket.socket:
    """An upload that has begun: the report and the start of a photo that is large enough not to end before we do."""
    boundary = "bench-boundary"
    xml = b'<data id="sabir_intake" version="1"><meta><instanceID>uuid:0</instanceID></meta></data>'
    part = '--{}\r\nContent-Disposition: form-data; name="{}"; filename="f"\r\n\r\n'
    start = (
        part.format(boundary, "xml_submission_file").encode() + xml + b"\r\n" + part.format(boundary, "p.jpg").encode()
    )
    head = (
        f"POST {server.device}/submission HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nX-OpenRosa-Version: 1.0\r\n"
        f"Content-Length: {PHOTO}\r\nContent-Type: multipart/form-data; boundary={boundary}\r\n\r\n"
    )
    line = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    line.sendall(head.encode() + start + b"x" * 70_000)
    return line


def _trickle(phones: list[socket.socket], over: threading.Event) -> None:
    piece = b"x" * BYTES_A_TURN
    while not over.wait(TURN):
        for phone in phones:
            phone.sendall(piece)
