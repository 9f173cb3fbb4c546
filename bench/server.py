"""The real application in a fresh home: set up with the demonstration, served on a free port, removed at the end."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from .processes import Process, started_by

ROOT = Path(__file__).resolve().parents[1]
SABIR = [sys.executable, "-m", "config.cli"]
SECONDS_TO_START = 60


@dataclass
class Server:
    """A running server. `device` is the path under which one phone sends, its token in it."""

    port: int
    database: str
    device: str
    process: subprocess.Popen[bytes]

    def processes(self) -> list[Process]:
        """All of its processes, those of a PostgreSQL on this machine with them."""
        return started_by(self.process.pid, also_named="postgres" if self.database == "postgresql" else "")


@contextmanager
def running(database_url: str) -> Iterator[Server]:
    """Set up, start, wait until it answers; stop and remove everything in the end."""
    with tempfile.TemporaryDirectory(prefix="sabir-bench-") as folder:
        port = _free_port()
        environment = _environment(Path(folder), port, database_url)
        subprocess.run([*SABIR, "setup", "--demonstration"], cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
        device = _device(environment)
        process = subprocess.Popen([*SABIR, "serve"], cwd=ROOT, env=environment, start_new_session=True)
        try:
            _wait(port, process)
            yield Server(port, "postgresql" if database_url.startswith("postgres") else "sqlite", device, process)
        finally:
            _stop(process)


def _environment(folder: Path, port: int, database_url: str) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    here = {"SABIR_HOME": str(folder / "home"), "PORT": str(port), "SABIR_BIND": "127.0.0.1"}
    return (
        environment
        | here
        | {"SABIR_URL": f"http://127.0.0.1:{port}"}
        | ({"DATABASE_URL": database_url} if database_url else {})
    )


def _device(environment: dict[str, str]) -> str:
    """Add a phone to a union of the demonstration; the path of its server address."""
    union = os.environ.get("BENCH_UNION", "CGIL")
    add = subprocess.run(
        [*SABIR, "device", "add", union, "bench", "--json"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    url = str(json.loads(add.stdout)["server_url"])
    return "/k/" + url.partition("/k/")[2]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/fr/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
