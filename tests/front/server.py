"""A real server on a free port, and a client that can be slow, rude or gone."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOUNDARY = "b0undary"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
XML = (
    b'<data id="intake" version="3"><meta>'
    b"<instanceID>uuid:8f7c1c6e-2b1e-4d0e-9c0a-0f6d1f3d2a10</instanceID></meta></data>"
)


@dataclass
class Server:
    """A running server: where it listens, where it writes."""

    port: int
    home: Path
    temporary: Path
    process: subprocess.Popen[bytes]

    def ask(self, method, path, body=None, timeout=20, **headers) -> HTTPResponse:
        """One request, answered and read; the bytes are in `.content`."""
        return asked(self.port, method, path, body, timeout, **headers)

    def socket(self, head: str, start: bytes = b"") -> socket.socket:
        """A connection on which a request has begun: its first line and headers, then `start`."""
        return begun(self.port, head, start)

    def sealed(self) -> list[Path]:
        """The files kept, whole or half."""
        folder = self.home / "media" / "sealed"
        return sorted(folder.iterdir()) if folder.exists() else []

    def processes(self) -> list[int]:
        """The server's process ids: the one started and those it started."""
        started = [self.process.pid]
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            started += [int(pid) for pid in (task / "children").read_text().split()]
        return started

    def said(self) -> bytes:
        """All it wrote to its log files and to its output."""
        logs = [*self.home.rglob("*.log"), self.temporary / "output"]
        return b"".join(log.read_bytes() for log in logs)


def asked(port, method, path, body=None, timeout=60, **headers) -> HTTPResponse:
    """One request, answered and read; the bytes are in `.content`. A body may be one that comes in pieces."""
    connection = HTTPConnection("127.0.0.1", port, timeout=timeout)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, named, encode_chunked="Transfer-Encoding" in named)
    answer = connection.getresponse()
    answer.content = answer.read()
    connection.close()
    return answer


def begun(port: int, head: str, start: bytes = b"") -> socket.socket:
    """A connection on which a request has begun: its first line and headers, then `start`."""
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    line.sendall(head.replace("\n", "\r\n").encode() + b"Host: localhost\r\n\r\n" + start)
    return line


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[Server]:
    """Start the front with the small application, wait until it answers, and stop it at the end."""
    home, temporary, port = folder / "home", folder / "temporary", free_port()
    home.mkdir(parents=True)
    temporary.mkdir()
    named = {"SABIR_HOME": home, "TMPDIR": temporary, "DJANGO_SETTINGS_MODULE": "tests.front.tiny_settings"}
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(port), "config.front:app"]
    with (temporary / "output").open("wb") as output:
        process = subprocess.Popen(
            [*command, "--workers-kill-timeout", "5"],
            cwd=ROOT,
            env=os.environ | {name: str(value) for name, value in named.items()} | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(port, home, temporary, process)
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        process.terminate()
        process.wait(15)


def _wait_until_it_answers(server: Server) -> None:
    for _ in range(300):
        try:
            server.ask("GET", "/")
            return
        except OSError:
            if server.process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError((server.temporary / "output").read_text())


def multipart(*parts: tuple[str, str | None, bytes]) -> bytes:
    """A multipart body; parts are (name, file name or None, bytes)."""
    lines = []
    for name, filename, content in parts:
        of_file = f'; filename="{filename}"' if filename is not None else ""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{of_file}\r\n\r\n'
        lines.append(head.encode() + content + b"\r\n")
    return b"".join(lines) + f"--{BOUNDARY}--\r\n".encode()


def report(*photos: tuple[str, bytes]) -> bytes:
    """The body a phone sends: a small report and its attachments."""
    return multipart(("xml_submission_file", "r.xml", XML), *[(name, name, content) for name, content in photos])


def in_chunks(body: bytes, size: int = 10_000) -> Iterator[bytes]:
    return (body[start : start + size] for start in range(0, len(body), size))


def until(true, seconds: float = 15) -> bool:
    """Wait for something that is about to become true."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(true())
