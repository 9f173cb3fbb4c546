"""Commands that set up and run an installation."""

import argparse
import ctypes
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event
from typing import Any

from .cli_say import step, with_django
from .home import home

ROOT = Path(__file__).resolve().parent.parent
PR_SET_DUMPABLE = 4
PR_SET_PDEATHSIG = 1


def add_commands(commands: Any) -> None:
    """`setup`, `serve`, `run`, `worker`, `translations`, `django`."""
    setup = commands.add_parser("setup", help="make or update database, translations and reference data")
    setup.add_argument(
        "--demonstration", action="store_true", help="with the demonstration network, if the home is empty"
    )
    setup.set_defaults(run=run_setup)
    serve = commands.add_parser("serve", help="run the server and the worker on PORT")
    serve.set_defaults(run=run_serve)
    run = commands.add_parser("run", help="set up with the demonstration, say where it is, serve")
    run.set_defaults(run=run_all)
    worker = commands.add_parser("worker", help="run background jobs only")
    worker.set_defaults(run=run_worker)
    words = commands.add_parser("translations", help="compile, extract or check the catalogues")
    words.add_argument("act", choices=["compile", "extract", "check"])
    words.set_defaults(run=run_translations)
    django = commands.add_parser("django", help="a command of Django's own")
    django.add_argument("words", nargs=argparse.REMAINDER)
    django.set_defaults(run=run_django)


def no_core_dumps() -> None:
    """A dump of this process's memory could hold what people told: allow none."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def end_with_parent() -> None:
    """Ask Linux to end this process when the one that started it is gone, however it went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def run_setup(arguments: Any) -> int:
    """Everything an installation needs before it serves; can be repeated."""
    with step("Compiling translations"):
        from .translations import compile_catalogues

        compile_catalogues()
    status: int = with_django(_set_up)(arguments)
    return status


def _set_up(arguments: Any) -> int:
    from django.core.management import call_command

    from . import demonstration, reference

    home().folder("media", "sealed")
    with step("Preparing the database"):
        call_command("migrate", verbosity=0, interactive=False)
    with step("Collecting styles and scripts"):
        call_command("collectstatic", verbosity=0, interactive=False)
    with step("Loading reference tables"):
        reference.load()
    home().receiving_identity  # noqa: B018 - drawn at its first reading
    if arguments.demonstration:
        demonstration.load()
    return 0


def run_all(arguments: Any) -> int:
    """Set up with the demonstration network, say the address and the accounts, serve."""
    # A process of its own for the set-up, so that the one that watches the server stays small.
    if status := subprocess.call([sys.executable, "-m", "config.cli", "setup", "--demonstration"], cwd=ROOT):
        return status
    if status := subprocess.call([sys.executable, "-m", "config.cli", "demonstration", "show"], cwd=ROOT):
        return status
    return run_serve(arguments)


def run_serve(arguments: Any) -> int:
    """Server and worker as two processes. A worker that ends is started again; when the server ends, both end."""
    if not (home().root / "static").is_dir():
        print("sabir: this home is not set up yet. Run `sabir setup` first.", file=sys.stderr)
        return 1
    server, worker = _start(_server()), _start(_worker())
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    while server.poll() is None and not stopped.wait(1):
        if worker.poll() is not None:
            worker = _start(_worker())
    for child in (server, worker):
        child.terminate()
    worker.wait()
    status = server.wait()
    return 0 if stopped.is_set() else status


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # Two arenas instead of eight a core: threads that come and go leave less memory behind.
    environment = {"MALLOC_ARENA_MAX": "2", **os.environ}
    return subprocess.Popen(command, cwd=ROOT, env=environment, preexec_fn=end_with_parent)


def _server() -> list[str]:
    port = os.environ.get("PORT", "8000")
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--host",
        os.environ.get("SABIR_BIND", "0.0.0.0"),  # noqa: S104 - phones on the same network are the point
    ]
    command += ["--port", port, "--workers", os.environ.get("SABIR_PROCESSES", "1"), "--no-access-log", "--no-ws"]
    command += ["--backpressure", "1024", "--http1-header-read-timeout", "20000", "--workers-kill-timeout", "20"]
    command += ["--log-level", "warning", "--respawn-failed-workers", "--http", "1"]
    if files := os.environ.get("SABIR_TLS"):
        certificate, key = files.split(",")
        command += ["--ssl-certificate", certificate, "--ssl-keyfile", key]
    return [*command, "config.front:app"]


def _worker() -> list[str]:
    return [sys.executable, "-m", "config.cli", "worker"]


@with_django
def run_worker(arguments: Any) -> int:
    """Take background jobs until told to stop."""
    from sabir.notices.public import Worker

    Worker().run()
    return 0


def run_translations(arguments: Any) -> int:
    """Compile the catalogues, extract new texts into them, or say what is missing."""
    from . import translations

    if arguments.act == "compile":
        translations.compile_catalogues()
        return 0
    if arguments.act == "extract":
        translations.extract()
        return 0
    missing = translations.missing()
    print("\n".join(missing) or "Every text is translated.")
    return 1 if missing else 0


def run_django(arguments: Any) -> int:
    """Hand the words over to Django's own command line."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["sabir django", *arguments.words])
    return 0
