"""A real PostgreSQL on a private port and socket, started for the tests and stopped with them."""

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

OWNER = "postgres"


def binaries() -> Path | None:
    """The folder of Debian's PostgreSQL programs, the newest; None where there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return folders[-1].parent if folders else None


def private_server() -> str:
    """Start a server of our own and say its DATABASE_URL. Each process of the tests has one database in it."""
    if url := os.environ.get("SABIR_TEST_POSTGRES_URL"):
        return url
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL is missing: apt-get install postgresql-15")
    folder = Path(tempfile.mkdtemp(prefix="sabir-postgres-"))
    port = _free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    _as_owner([programs / "initdb", "-D", folder / "data", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync"])
    # Durability is tested on its own; here the disk is spared.
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100"
    _as_owner([programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start"])
    atexit.register(_stop, programs, folder)
    url = f"postgresql://{OWNER}@127.0.0.1:{port}/postgres"
    os.environ["SABIR_TEST_POSTGRES_URL"] = url
    return url


def _stop(programs: Path, folder: Path) -> None:
    _as_owner([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"])
    shutil.rmtree(folder, ignore_errors=True)


def _as_owner(command: list[str | Path]) -> None:
    """PostgreSQL refuses to run as root; there it runs as its own user."""
    kwargs = {"user": OWNER, "group": pwd.getpwnam(OWNER).pw_gid} if os.geteuid() == 0 else {}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp", **kwargs)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
