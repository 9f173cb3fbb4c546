"""Everything CI runs, part by part, each with its progress; `--fast` leaves out servers, browsers and PostgreSQL.

Where this machine lacks PostgreSQL or Chromium the parts that need them are skipped, counted and named, with one line
that says what to install. In CI (CI=true) nothing may be skipped.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from config import node
from tests.postgres import binaries

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI", "").lower() in {"1", "true"}
FAST = "--fast" in sys.argv
COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped)")
OF_NODE = re.compile(r"^# (pass|fail|skipped) (\d+)$")
NAMED = {"pass": "passed", "fail": "failed", "skipped": "skipped"}


@dataclass
class Tally:
    """What the parts came to."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    faults: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def main() -> int:
    """Run the parts one after the other; exit status 1 if one failed, or in CI if one was skipped."""
    tally = Tally()
    for name, command, environment in parts(tally):
        run(name, command, environment, tally)
    for line in tally.missing:
        print(f"SKIPPED: {line}")
    for fault in tally.faults:
        print(f"FAILED: {fault}")
    if CI and (tally.skipped or tally.missing):
        print("In CI nothing may be skipped.")
        tally.faults.append("skipped in CI")
    print(f"{tally.passed} passed, {tally.failed} failed, {tally.skipped + len(tally.missing)} skipped")
    return 1 if tally.faults else 0


def parts(tally: Tally) -> list[tuple[str, list[str], dict[str, str]]]:
    """Name, command and environment of each part that this machine can run."""
    python = sys.executable
    tools = str(Path(python).parent)
    found: list[tuple[str, list[str], dict[str, str]]] = [
        ("style", [f"{tools}/ruff", "check", "--quiet", "."], {}),
        ("format", [f"{tools}/ruff", "format", "--check", "--quiet", "."], {}),
        ("types", [f"{tools}/mypy"], {}),
        ("floors", [f"{tools}/lint-imports", "--no-cache"], {}),
        ("translations", [python, "-m", "config.cli", "translations", "check"], {}),
        ("front end, types", [*npm(), "run", "check", "--silent"], {}),
        ("front end, tests", [*npm(), "test", "--silent"], {"SABIR_PYTHON": python}),
        ("rooms, SQLite", pytest("-m", "not browser and not server", "-n", "2"), {}),
    ]
    if FAST:
        return found
    if binaries() is None:
        tally.missing.append("everything on PostgreSQL: apt-get install postgresql-15")
    else:
        on_postgres = {"SABIR_TEST_DATABASE": "postgres"}
        found.append(("rooms, PostgreSQL", pytest("-m", "not browser and not server", "-n", "2"), on_postgres))
        found.append(("servers, PostgreSQL", pytest("-m", "server and not browser"), on_postgres))
    found.append(("servers, SQLite", pytest("-m", "server and not browser"), {}))
    if not (os.environ.get("SABIR_CHROMIUM") or shutil.which("chromium")):
        tally.missing.append("everything in a browser: apt-get install chromium fonts-noto-core")
    else:
        found.append(("browser", pytest("-m", "browser"), {}))
    return found


def pytest(*words: str) -> list[str]:
    """A run of pytest over tests/."""
    return [sys.executable, "-m", "pytest", "-q", "--durations=5", "--durations-min=5", *words]


def npm() -> list[str]:
    """The npm that belongs to the node in use."""
    return [str(word) for word in node.npm_command()]


def run(name: str, command: list[str], environment: dict[str, str], tally: Tally) -> None:
    """Run one part, show its output, and add its counts."""
    print(f"\n=== {name} ===", flush=True)
    start = monotonic()
    where = ROOT / "frontend" if name.startswith("front end") else ROOT
    process = subprocess.Popen(
        command,
        cwd=where,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    counts: dict[str, int] = {}
    for line in process.stdout or ():
        print(line, end="", flush=True)
        if found := OF_NODE.match(line.rstrip()):
            counts[NAMED[found[1]]] = int(found[2])
        if " in " in line:
            counts = {word.rstrip("s"): int(number) for number, word in COUNTS.findall(line)} or counts
    status = process.wait()
    tally.passed += counts.get("passed", 0) or (status == 0 and not counts)
    tally.failed += counts.get("failed", 0) + counts.get("error", 0) or (status != 0)
    tally.skipped += counts.get("skipped", 0)
    if status:
        tally.faults.append(name)
    print(f"=== {name}: {'ok' if status == 0 else 'FAILED'} in {monotonic() - start:.0f} s ===", flush=True)


if __name__ == "__main__":
    sys.exit(main())
