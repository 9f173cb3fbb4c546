"""What leaves the memory of the server's processes: no core dump, no environment, no local variable, no body."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.logs import BareReporter

from .copying import processes
from .search import Search, leaks

pytestmark = pytest.mark.server

NO_CORE = re.compile(r"Max core file size +0 +0 ")
WAITING = """
import ctypes, os, sys, time
from config.cli_run import PR_SET_DUMPABLE, no_core_dumps
if os.geteuid() == 0:
    os.setgid(65534), os.setuid(65534)
ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
no_core_dumps() if sys.argv[1] == "shut" else None
print("ready", flush=True)
time.sleep(60)
"""


def test_no_process_may_leave_a_core_dump(attacked):
    limits = {pid: Path(f"/proc/{pid}/limits").read_text() for pid in processes(attacked.server)}

    assert len(limits) >= 3  # the one that watches, the server, the worker
    assert [pid for pid, text in limits.items() if not NO_CORE.search(text)] == []


def owner_of_memory(how: str) -> int:
    """Who owns a process's memory in the eyes of the kernel, when it is somebody's own or shut off."""
    waiting = subprocess.Popen(
        [sys.executable, "-c", WAITING, how], stdout=subprocess.PIPE, cwd="/", env={"PYTHONPATH": os.getcwd()}
    )
    try:
        assert waiting.stdout.readline() == b"ready\n"
        return os.stat(f"/proc/{waiting.pid}/environ").st_uid
    finally:
        waiting.kill()
        waiting.wait()


def test_what_the_server_does_shuts_its_memory_off_from_others_of_the_same_account():
    """The kernel gives the memory of a process that may not be dumped to root: no debugger, no look at /proc."""
    assert owner_of_memory("open") != 0
    assert owner_of_memory("shut") == 0


def test_a_killed_server_leaves_no_file_behind_and_rises_again(attacked):
    server = attacked.server
    places = (Path.cwd(), server.home, Path(server.environment["TMPDIR"]), Path("/tmp"))
    before = {path for place in places for path in place.glob("core*")}
    [victim] = [pid for pid in processes(server) if serves(pid)][-1:]

    os.kill(victim, signal.SIGSEGV)

    end = time.monotonic() + 20
    while not answers(server) and time.monotonic() < end:
        time.sleep(0.2)
    assert answers(server)
    assert {path for place in places for path in place.glob("core*")} == before


def serves(pid: int) -> bool:
    """Whether a process is one that answers requests; granian's main process only watches those."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes()
    return b"multiprocessing" in words or b"granian" in words


def answers(server) -> bool:
    try:
        return server.ask("GET", "/fr/").status == 200
    except OSError:
        return False


def test_errors_are_logged_by_place_and_kind_and_quote_nobody(attacked):
    """`refused.by_the_server` made the server break with a whole report at hand."""
    said = attacked.server.said()

    assert b"OperationalError" in said or b"UndefinedTable" in said or b"ProgrammingError" in said
    assert b"cases/services.py" in said
    assert leaks(Search(attacked.marks.needles()), [("logs", said)]) == []
    for word in (b"INSERT", b"SELECT", b"Traceback (most", b"consent_record", b"instanceID", b"/k/"):
        assert word not in said.replace("/k/…".encode(), b""), word


def test_a_log_names_no_dossier(attacked):
    said = attacked.server.said().decode()

    assert re.findall(r"\b[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}\b", said) == []


def test_an_error_report_has_neither_variables_nor_request():
    try:
        secret_words = "a story told in confidence"
        raise ValueError(secret_words)
    except ValueError:
        reporter = BareReporter(None, *sys.exc_info())

    told = reporter.get_traceback_text() + reporter.get_traceback_html()
    assert "in confidence" not in told
    assert "secret_words" not in told
