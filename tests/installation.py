"""A whole installation for tests: the demonstration in a home of its own, served by `sabir serve` on a free port."""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from .front.server import free_port
from .postgres import binaries

ROOT = Path(__file__).resolve().parents[1]
SABIR = [sys.executable, "-m", "config.cli"]
COUNTS = """
import json
from django.apps import apps
print(json.dumps({m._meta.label: m._default_manager.count() for m in apps.get_models() if m.__module__[:6] == "sabir."}))
"""


@dataclass
class Installation:
    """A home, the environment that names it, and the server while it runs."""

    home: Path
    port: int
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def accounts(self) -> list[dict[str, Any]]:
        """The demonstration's accounts with their passwords and passphrases."""
        return list(json.loads((self.home / "demonstration.json").read_text())["accounts"])

    def account(self, email: str) -> dict[str, Any]:
        return next(one for one in self.accounts if one["email"].startswith(f"{email}@"))

    def sabir(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run the command `sabir`; a refusal is an exit status, not an exception."""
        command = [*SABIR, *(str(word) for word in words)]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120)

    def sabir_json(self, *words: object) -> dict[str, Any]:
        """The one line of JSON that a command with `--json` prints."""
        return dict(json.loads(self.sabir(*words, "--json").stdout))

    def python(self, code: str) -> Any:
        """What this code prints as JSON, run among the rooms."""
        ran = self.sabir("django", "shell", "-v", "0", "-c", code)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout.splitlines()[-1])

    def counts(self) -> dict[str, int]:
        """Model -> number of rows, for every model of the rooms."""
        return dict(self.python(COUNTS))

    def sealed_files(self) -> set[Path]:
        """The sealed files kept, whole or half."""
        return {path for path in (self.home / "media").rglob("*") if path.is_file()}

    def ask(self, method: str, url: str, body: bytes | None = None, **headers: str) -> HTTPResponse:
        """One request over a real socket, answered and read; the bytes are in `.content`. No redirect is followed."""
        split = urlsplit(url)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, f"{split.path}?{split.query}" if split.query else split.path, body, named)
        answer = connection.getresponse()
        answer.content = answer.read()
        connection.close()
        return answer

    def said(self) -> bytes:
        """All that was written to log files and to the server's output."""
        return b"".join(path.read_bytes() for path in (self.home / "logs").rglob("*") if path.is_file())


def demonstration(folder: Path) -> Path:
    """The home that all tests of a run copy; whoever comes first sets it up, which takes half a minute."""
    home = folder / "demonstration"
    with (folder / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "ready").exists():
            _set_up(home)
            (home / "ready").touch()
    return home


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of a run, or the one of an earlier run where SABIR_TEST_FOLDER names it."""
    if named := os.environ.get("SABIR_TEST_FOLDER"):
        return Path(named)
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def _set_up(home: Path) -> None:
    database = _database(home)
    if database:
        _in_postgres(f'CREATE DATABASE "{database}"')
    done = subprocess.run(
        [*SABIR, "setup", "--demonstration"],
        cwd=ROOT,
        env=_environment(home, 1, database),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def copied(original: Path, home: Path) -> Installation:
    """A home like another one, with a database of its own. Nothing may write to the original meanwhile."""
    shutil.copytree(original, home)
    database = _database(home)
    if database:
        _in_postgres(f'CREATE DATABASE "{database}" TEMPLATE "{_database(original)}"')
    port = free_port()
    return Installation(home, port, _environment(home, port, database))


def database_copied(running: Installation, home: Path) -> Installation:
    """The database and keys as they stand now, in a home of their own, while the server goes on."""
    home.mkdir()
    for key in running.home.glob("*.key"):
        shutil.copy(key, home)
    if database := _database(home):
        _in_postgres(f'CREATE DATABASE "{database}"')
        tools, environment = binaries(), _environment(home, 0, database)
        dump = subprocess.run(
            [f"{tools}/pg_dump", running.environment["DATABASE_URL"]], capture_output=True, check=True
        )
        subprocess.run([f"{tools}/psql", "-q", environment["DATABASE_URL"]], input=dump.stdout, check=True)
        return Installation(home, 0, environment)
    with sqlite3.connect(running.home / "sabir.sqlite3") as live, sqlite3.connect(home / "sabir.sqlite3") as copy:
        live.backup(copy)
    return Installation(home, 0, _environment(home, 0, ""))


@contextmanager
def served(installation: Installation) -> Iterator[Installation]:
    """Serve it as `sabir serve` does, wait until it answers, and stop it in the end."""
    output = installation.home / "logs" / "output"
    with output.open("wb") as told:
        process = subprocess.Popen(
            [*SABIR, "serve"],
            cwd=ROOT,
            env=installation.environment,
            stdout=told,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    installation.processes.append(process)
    try:
        if not until(lambda: process.poll() is not None or _answers(installation), 60) or process.poll() is not None:
            raise RuntimeError(output.read_text())
        yield installation
    finally:
        _stop(process)


def until(true: Callable[[], Any], seconds: float = 20) -> Any:
    """Wait for something that is about to become true; what it then is."""
    end = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def _answers(installation: Installation) -> bool:
    try:
        return installation.ask("GET", "/fr/").status == 200
    except OSError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _environment(home: Path, port: int, database: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    named = {"SABIR_HOME": str(home), "PORT": str(port), "SABIR_BIND": "127.0.0.1"}
    named |= {"SABIR_URL": f"http://127.0.0.1:{port}"}
    if database:
        named["DATABASE_URL"] = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{database}"
    return kept | named


def _database(home: Path) -> str:
    """The name of this home's database in PostgreSQL; empty where the tests run on SQLite."""
    if "DATABASE_URL" not in os.environ:
        return ""
    return "sabir_" + hashlib.sha256(str(home).encode()).hexdigest()[:16]


def _in_postgres(statement: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]
