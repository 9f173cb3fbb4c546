"""Taking a copy of everything that a running installation keeps or holds open."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.processes import started_by
from tests.installation import Installation

from .search import values_of

# Passphrases of invented unions, shown on the screen of every demonstration; an installation has no such file.
SHOWN_TO_ALL = "demonstration.json"


@dataclass
class Copy:
    """`folder` holds the copied files; `beside` what lies in no file of the home: rows, servers' logs, processes."""

    folder: Path
    beside: list[tuple[str, bytes]] = field(default_factory=list)

    def places(self) -> Iterator[tuple[str, bytes]]:
        """Each place by its name, with its bytes."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.name != SHOWN_TO_ALL:
                yield str(path.relative_to(self.folder)), path.read_bytes()
        yield from self.beside

    def files(self) -> Iterator[Path]:
        return (path for path in self.folder.rglob("*") if path.is_file())


def copy_of(server: Installation, folder: Path) -> Copy:
    """Database with its WAL, media, logs, mail, keys, temporary folder, what processes hold; the server runs on."""
    # The built scripts are the same for all the world, and are collected before the first report comes.
    shutil.copytree(server.home, folder / "home", ignore=shutil.ignore_patterns("static"))
    shutil.copytree(server.environment["TMPDIR"], folder / "temporary")
    copy = Copy(folder)
    for pid in processes(server):
        copy.beside += list(_of_process(pid))
    if url := server.environment.get("DATABASE_URL"):
        copy.beside += list(_of_postgres(url))
    else:
        copy.beside.append(("rows", values_of(_opened_apart(folder))))
    return copy


def processes(server: Installation) -> list[int]:
    """The ids of the server's processes, those of the worker too."""
    return [process.pid for started in server.processes for process in started_by(started.pid)]


def _opened_apart(folder: Path) -> Path:
    """The database copied once more, because merely opening it would change the copy that is searched as it lies."""
    apart = folder.with_name(folder.name + "-apart")
    apart.mkdir()
    for path in (folder / "home").glob("sabir.sqlite3*"):
        shutil.copy(path, apart)
    return apart / "sabir.sqlite3"


def _of_process(pid: int) -> Iterator[tuple[str, bytes]]:
    for name in "cmdline", "environ":
        yield f"{name} of {pid}", Path(f"/proc/{pid}/{name}").read_bytes()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        if "(deleted)" in str(link.readlink()) and link.is_file():
            yield f"deleted file of {pid}", link.read_bytes()


def _of_postgres(url: str) -> Iterator[tuple[str, bytes]]:
    """Every table in PostgreSQL's own binary format, its files and log as they lie on disk, and its WAL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        tables = connection.execute("SELECT relname FROM pg_stat_user_tables").fetchall()
        for (table,) in tables:
            statement = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
            with connection.cursor().copy(statement) as rows:
                yield f"table {table}", b"".join(bytes(part) for part in rows)
        [(place, number)] = connection.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        ).fetchall()
    files = [*Path(place, "base", str(number)).iterdir(), *Path(place, "pg_wal").glob("0*"), Path(place).parent / "log"]
    for path in files:
        if path.is_file():
            yield f"PostgreSQL's {path.name}", path.read_bytes()


def rows(server: Installation, query: str, *, names: bool = False) -> list[tuple[Any, ...]]:
    """What a query finds in the server's database, asked behind its back; `names` asks for its columns instead."""
    with closing(_connection(server)) as connection:
        cursor = connection.cursor()
        cursor.execute(query)
        return [(column[0],) for column in cursor.description] if names else list(cursor.fetchall())


def _connection(server: Installation) -> Any:
    if url := server.environment.get("DATABASE_URL"):
        return psycopg.connect(url)
    return sqlite3.connect(server.home / "sabir.sqlite3", timeout=20)
